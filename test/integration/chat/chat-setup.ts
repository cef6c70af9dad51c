import { randomUUID } from 'node:crypto';
import { type FakeOpenAi, startFakeOpenAi } from '../../support/fake-openai.ts';
import { type FrameVisitor, openVisitor } from '../../support/frame-visitor.ts';
import { type Casement, type StartOptions, startCasement } from '../../support/start-casement.ts';
import { openStream, type ReplyStream } from './chat-client.ts';

export const SHOP = 'https://shop.example';

/** What is not about limits should not meet them. */
const ROOMY = { messagesPerMinute: 600, messagesPerDay: 10_000_000 };

export type ChatServer = {
  readonly casement: Casement;
  readonly fake: FakeOpenAi;
  readonly publicKey: string;
  /** A new visitor of the shop, or the one whose cookie it is. */
  visitor(cookie?: string): Promise<FrameVisitor>;
  send(visitor: FrameVisitor, body: object): Promise<ReplyStream>;
  resume(visitor: FrameVisitor, replyId: string, after?: string): Promise<ReplyStream>;
  stop(): Promise<void>;
};

/** The server with a model that a test speaks for, and one widget on one shop. */
export async function startChatServer(options: StartOptions = {}): Promise<ChatServer> {
  const fake = await startFakeOpenAi();
  const model = { baseUrl: fake.baseUrl, apiKey: 'sk-test', name: 'fake' };
  const casement = await startCasement({ ...options, config: { model, ...options.config } });
  const { publicKey } = await casement.createWidget({ allowlist: [SHOP], settings: { limits: ROOMY } });
  return {
    casement,
    fake,
    publicKey,
    visitor: (cookie) => openVisitor(casement, { publicKey, origin: SHOP }, cookie),
    send: (visitor, body) => openStream(casement, visitor, { method: 'POST', path: '/chat', body }),
    resume: (visitor, replyId, after) =>
      openStream(casement, visitor, {
        method: 'GET',
        path: `/chat/${replyId}${after === undefined ? '' : `?after=${after}`}`,
      }),
    async stop() {
      await casement.stop();
      await fake.stop();
    },
  };
}

export const newMessage = (text = 'How are you?') => ({ messageId: randomUUID(), text });
