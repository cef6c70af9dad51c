/**
 * Who can sign in. A company has its own accounts, or a provider of sign-ins that has them; here two are enough, and
 * their passwords are written down because there is nothing behind them but a demo.
 */
export const ACCOUNTS = [
  { name: 'Ada Lindqvist', email: 'ada@harbour.example', password: 'ada-anchor', role: 'owner' },
  { name: 'Victor Amsel', email: 'victor@harbour.example', password: 'victor-anchor', role: 'viewer' },
];

/** The account with this address and password, if there is one. */
export function findAccount(email, password) {
  return ACCOUNTS.find((account) => account.email === email.trim().toLowerCase() && account.password === password);
}
