import type { KeyTarget } from '../../../../shared/keys-api.ts';

type KeyWords = {
  readonly name: string;
  /** What it is, in one sentence. */
  readonly about: string;
  /** What has to be done with the new one. */
  readonly next: string;
  /** What stops when the old one is revoked. */
  readonly consequence: string;
};

export const KEY_WORDS: Readonly<Record<KeyTarget, KeyWords>> = {
  public: {
    name: 'Public key',
    about: 'In the snippet on your sites. Not a secret: it works only on the sites you allow.',
    next: 'Put the new snippet on your sites. Until the overlap ends both keys work.',
    consequence: 'Pages that still have the old snippet lose the widget within five seconds, open chats included.',
  },
  signing: {
    name: 'Signing key',
    about: 'Your backend checks the answers of this server with it.',
    next: 'Give the new secret to your backend. Until the overlap ends answers carry both signatures.',
    consequence: 'A backend that knows only the old secret can verify no answer any more.',
  },
  identity: {
    name: 'Identity key',
    about: 'Your backend vouches for signed-in visitors with it.',
    next: 'Give the new secret to your backend. Until the overlap ends tokens of both are accepted.',
    consequence: 'Tokens that are signed with the old secret are refused, so their visitors are not signed in.',
  },
};

/** A key's name short enough for a table, such as `PUB_7Kq2…x9Fa`. */
export function shortKey(id: string): string {
  return id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
}
