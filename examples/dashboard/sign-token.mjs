import { SignJWT } from 'jose';

/**
 * The token the settings view works with: who it is, of which company, in which role, for five minutes. The view asks for
 * the next one before it ends. `login` is what the server was told in `JWT_SECRET`, `JWT_ISSUER` and so on.
 */
export function signToken(account, company, { secret, issuer, audience, companyClaim, roleClaim }) {
  const token = new SignJWT({ [companyClaim]: company, [roleClaim]: account.role })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(account.email)
    .setIssuedAt()
    .setExpirationTime('5 minutes');
  if (issuer) token.setIssuer(issuer);
  if (audience) token.setAudience(audience);
  return token.sign(new TextEncoder().encode(secret));
}
