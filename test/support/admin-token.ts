import { type JWTPayload, SignJWT } from 'jose';
import type { Role } from '../../shared/permission.ts';

/** What the company's login of a test signs with. */
export const ADMIN_SECRET = 'the secret of the login under test, 48 bytes or so';

export type Admin = { readonly company: string; readonly subject?: string; readonly role?: Role };

/** A token as the company's login makes it, for five minutes. `claims` come on top; `undefined` leaves one out. */
export function signAdminToken(
  { company, subject = 'ada', role = 'owner' }: Admin,
  claims: JWTPayload = {},
  secret = ADMIN_SECRET,
): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + 300;
  return new SignJWT({ sub: subject, company_id: company, role, exp, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret));
}
