import type { LoaderErrorCode } from '../shared/error-code.ts';
import { type HostMessage, isContext, isIdentityToken } from '../shared/port-message.ts';

/** Signed by the company's backend; a function is asked each time a token is needed, and never before a frame is there. */
export type IdentityToken = string | (() => string | Promise<string>);

/** What a page may say about its visitor. It is kept in memory alone, until there is a frame that can hear it. */
export type VisitorApi = {
  /** Says who the visitor is. The frame is not mounted for it. */
  readonly identify: (token: IdentityToken) => void;
  /** Ends what was said of the visitor, here and in every tab of the browser. The chat begins anew, empty. */
  readonly logout: () => void;
  /** Tells the assistant about the visit, with each message from now on: at most ten strings, together 2,048 characters. */
  readonly setContext: (lines: readonly string[]) => void;
};

type Send = (message: HostMessage) => void;

/** `hear` names who is to be told, from the beginning; without anybody, nothing is told until there is. */
export function createVisitor(
  tell: (code: LoaderErrorCode) => void,
): readonly [api: VisitorApi, hear: (frame?: Send) => void] {
  let send: Send | undefined;
  let token: unknown;
  let context: HostMessage | undefined;
  let isLeaving = false;

  const refuse = (): void => tell('VISITOR_REFUSED');
  const sayIdentity = (): void => {
    const given = token;
    if (!send || !given) return;
    const asking = (async () => (typeof given === 'function' ? given() : given))();
    asking.then((jwt) => {
      // Meanwhile the page may have said something else.
      if (given !== token) return;
      if (isIdentityToken(jwt)) send?.({ t: 'identity', jwt });
      else refuse();
    }, refuse);
  };
  const sayAll = (): void => {
    if (!send) return;
    if (isLeaving) send({ t: 'logout' });
    if (context) send(context);
    isLeaving = false;
    sayIdentity();
  };
  return [
    {
      identify(given) {
        if (typeof given !== 'function' && !isIdentityToken(given)) return refuse();
        token = given;
        sayIdentity();
      },
      logout() {
        isLeaving = true;
        token = context = undefined;
        sayAll();
      },
      setContext(lines) {
        if (!isContext(lines)) return refuse();
        context = { t: 'context', lines };
        send?.(context);
      },
    },
    (frame) => {
      send = frame;
      sayAll();
    },
  ];
}
