import Koa from 'koa';
import getRawBody from 'raw-body';
import { ACCOUNTS, findAccount } from './accounts.mjs';
import { readPages, readPublicFiles } from './files.mjs';
import { createSignIns } from './sign-ins.mjs';
import { signToken } from './sign-token.mjs';

export { ACCOUNTS };

/**
 * The dashboard of a small company: its own sign-in, one page of its own, and the settings of its chat widget on another.
 * `settingsUrl` is where Casement serves the settings view, `widget` and `company` say whose settings, and `login` is how
 * the server checks tokens. Answers a listener for `http.createServer`.
 */
export async function createDashboard({ settingsUrl, shopUrl, widget, company, login }) {
  const app = new Koa();
  const files = await readPublicFiles();
  const pages = await readPages();
  const signIns = createSignIns();

  app.use(async function sendHeaders(ctx, next) {
    ctx.set(headersFor(settingsUrl));
    await next();
  });

  app.use(async function answerFiles(ctx, next) {
    const file = ctx.method === 'GET' ? files.get(ctx.path) : undefined;
    if (file === undefined) return next();
    ctx.type = file.type;
    ctx.body = file.body;
  });

  app.use(answerSignIn(pages, signIns));

  app.use(async function answerToken(ctx, next) {
    if (ctx.path !== '/token' || ctx.method !== 'POST') return next();
    const account = signIns.find(ctx);
    ctx.set('Cache-Control', 'no-store');
    ctx.status = account === undefined ? 401 : 200;
    ctx.body = { token: account === undefined ? null : await signToken(account, company, login) };
  });

  app.use(async function answerSignOut(ctx, next) {
    if (ctx.path !== '/sign-out' || ctx.method !== 'POST') return next();
    signIns.end(ctx);
    ctx.redirect('/sign-in');
  });

  app.use(async function answerPages(ctx) {
    const account = signIns.find(ctx);
    const page = ctx.path === '/' ? 'overview' : /^\/chat(\/|$)/.test(ctx.path) ? 'chat' : undefined;
    if (page === undefined || ctx.method !== 'GET') return;
    if (account === undefined) return ctx.redirect('/sign-in');
    const { name, email, role } = account;
    const [firstName] = name.split(' ');
    ctx.body = pages.framed(`${page}.html`, { name, firstName, email, role, page, settingsUrl, shopUrl, widget });
  });

  return app.callback();
}

/** The form, and what was typed into it. */
function answerSignIn(pages, signIns) {
  return async function answerSignIn(ctx, next) {
    if (ctx.path !== '/sign-in') return next();
    if (ctx.method !== 'POST') {
      ctx.body = pages.alone('sign-in.html', { problem: '' });
      return;
    }
    const form = new URLSearchParams(await getRawBody(ctx.req, { limit: '4kb', encoding: 'utf8' }));
    const account = findAccount(form.get('email') ?? '', form.get('password') ?? '');
    if (account === undefined) {
      ctx.status = 401;
      const problem = 'There is no account with this address and password.';
      ctx.body = pages.alone('sign-in.html', { problem, email: form.get('email') });
      return;
    }
    signIns.begin(ctx, account);
    ctx.redirect('/');
  };
}

/** A policy as strict as a dashboard can have: besides its own files it needs only the settings origin. */
function headersFor(settingsUrl) {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      `script-src 'self' ${settingsUrl}`,
      `frame-src ${settingsUrl}`,
      "style-src 'self'",
      "img-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
    'Cache-Control': 'no-cache',
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
  };
}
