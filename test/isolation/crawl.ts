import { randomUUID } from 'node:crypto';
import { API_BASE } from '../../shared/api-path.ts';
import { signAdminToken } from '../support/admin-token.ts';
import { askFrame, readBoot } from '../support/frame-visitor.ts';
import { type RawAnswer, rawRequest } from '../support/raw-http.ts';
import { visitAsAdmin } from './admin-visits.ts';
import { type Belongings, GUARDED_ROUTES } from './guarded-routes.ts';
import type { IsolationStage } from './stage.ts';

/** Answers of routes, by method and path of the route. */
export type CrawledAnswers = ReadonlyMap<string, readonly RawAnswer[]>;

type Asked = { readonly headers: Readonly<Record<string, string>>; readonly body: unknown };

/** Asks the server under the name of `origin`, without a header more than is given. */
export function askAt(
  { casement }: Pick<IsolationStage, 'casement'>,
  origin: string,
  [method, path]: readonly [method: string, path: string],
  { headers, body }: Partial<Asked> = {},
): Promise<RawAnswer> {
  return rawRequest({
    port: casement.port,
    method,
    path,
    headers: {
      host: new URL(origin).host,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Asks every route as those ask whom it is for, in every way that gives it another kind of answer. */
export async function crawl(stage: IsolationStage): Promise<CrawledAnswers> {
  const { casement, widgetOrigin } = stage;
  const origin = stage.sites.origin('shop');
  const { widget, publicKey } = await casement.createWidget({ allowlist: [origin] });
  const { companyId } = widget;
  const answers = new Map<string, RawAnswer[]>();
  const keep = (name: string, answer: RawAnswer) => answers.set(name, [...(answers.get(name) ?? []), answer]);

  const document = await askFrame(casement, { publicKey, origin });
  keep('GET /frame/:key', document);
  for (const method of ['GET', 'POST']) {
    keep(`${method} /settings/:widget`, await askForSettings(stage, method));
    keep(`${method} /preview/:widget`, await askForPreview(stage, method));
  }
  const { ticket } = readBoot(document.body);
  const opened = await askAt(stage, widgetOrigin, ['POST', `${API_BASE}/session`], {
    headers: { origin: widgetOrigin },
    body: { ticket },
  });
  keep(`POST ${API_BASE}/session`, opened);
  const authorization = `Bearer ${await signAdminToken({ company: companyId })}`;
  for (const headers of [{ origin }, { authorization }]) {
    const target = ['GET', `${API_BASE}/config?key=${publicKey}`] as const;
    keep(`GET ${API_BASE}/config`, await askAt(stage, widgetOrigin, target, { headers }));
  }

  const visitor = { authorization: `Bearer ${JSON.parse(opened.body).token}`, origin: widgetOrigin };
  const whole = await askAt(stage, widgetOrigin, ['POST', `${API_BASE}/chat`], {
    headers: { ...visitor, accept: 'application/json' },
    body: { messageId: randomUUID(), text: 'Hello' },
  });
  const { conversationId, reply } = JSON.parse(whole.body);
  const belongings: Belongings = { publicKey, conversationId, replyId: reply.id };
  for (const [name, { request, mediaType }] of Object.entries(GUARDED_ROUTES)) {
    const { path, body } = request(belongings);
    const headers = { ...visitor, ...(mediaType !== undefined && { 'content-type': mediaType }) };
    const isAnswered = answers.has(name) || name === ENDING;
    if (!isAnswered) keep(name, await askAt(stage, widgetOrigin, [name.split(' ')[0] ?? '', path], { headers, body }));
  }
  keep(`POST ${API_BASE}/chat`, whole);
  keep(ENDING, await askAt(stage, widgetOrigin, ['DELETE', `${API_BASE}/session`], { headers: visitor }));
  for (const [name, answer] of await visitAsAdmin(casement, companyId)) keep(name, answer);
  return answers;
}

/** As a dashboard's iframe does. */
function askForSettings(stage: IsolationStage, method: string): Promise<RawAnswer> {
  const [dashboard = ''] = stage.casement.server.config.dashboardOrigins;
  const headers = { referer: `${dashboard}/`, 'sec-fetch-dest': 'iframe' };
  return askAt(stage, stage.casement.settingsOrigin, [method, `/settings/main?o=${dashboard}`], { headers });
}

/** As the settings view's iframe does. */
function askForPreview(stage: IsolationStage, method: string): Promise<RawAnswer> {
  const { settingsOrigin, server } = stage.casement;
  const headers = { referer: `${settingsOrigin}/`, 'sec-fetch-dest': 'iframe' };
  return askAt(stage, stage.widgetOrigin, [method, `/preview/main?o=${server.config.dashboardOrigins[0]}`], {
    headers,
  });
}

/** After it there is no visitor any more. */
const ENDING = `DELETE ${API_BASE}/session`;
