import { randomBytes } from 'node:crypto';

const COOKIE = 'harbour_sign_in';
const LIFETIME_MS = 8 * 60 * 60 * 1000;

/** The dashboard's own sign-ins, in memory: a cookie that no script can read names one. */
export function createSignIns() {
  const signIns = new Map();

  return {
    /** Whose browser it is; nobody's once the sign-in has ended. */
    find(ctx) {
      const { account, endsAt = 0 } = signIns.get(ctx.cookies.get(COOKIE)) ?? {};
      return endsAt > Date.now() ? account : undefined;
    },
    begin(ctx, account) {
      const id = randomBytes(24).toString('base64url');
      signIns.set(id, { account, endsAt: Date.now() + LIFETIME_MS });
      ctx.cookies.set(COOKIE, id, { httpOnly: true, sameSite: 'lax', secure: ctx.secure, maxAge: LIFETIME_MS });
    },
    end(ctx) {
      signIns.delete(ctx.cookies.get(COOKIE));
      ctx.cookies.set(COOKIE);
    },
  };
}
