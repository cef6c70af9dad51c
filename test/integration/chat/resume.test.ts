import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { textOfEvents } from './chat-client.ts';
import { type ChatServer, newMessage, startChatServer } from './chat-setup.ts';

const PIECES = [
  'Grüße',
  ' 👋',
  '🏽 from',
  ' the',
  ' **shop**',
  ':\n\n',
  '1. `a`',
  '\n2. "b"\u2028',
  '\\n',
  ' — [1]',
  ' end.',
];
const WHOLE = PIECES.join('');

let server: ChatServer;

beforeAll(async () => {
  server = await startChatServer();
});
afterAll(() => server.stop());

async function start() {
  const visitor = await server.visitor();
  const number = server.fake.calls.length;
  const stream = await server.send(visitor, newMessage());
  const { fields } = await stream.event(0);
  return { visitor, stream, call: await server.fake.call(number), replyId: String(fields.replyId) };
}

describe('a connection that breaks', () => {
  it('resumes at every token to the byte-identical text', async () => {
    const { visitor, stream: first, call, replyId } = await start();
    let stream = first;
    let seen = '';
    let position = '0.0';
    for (const [index, piece] of PIECES.entries()) {
      call.say(piece);
      const event = await stream.event(index === 0 ? 1 : 0);
      seen += event.fields.text;
      position = event.id;
      stream.leave();
      stream = await server.resume(visitor, replyId, position);
    }
    call.finish();
    const rest = await stream.all();
    expect(Buffer.from(seen + textOfEvents(rest)).equals(Buffer.from(WHOLE))).toBe(true);
    expect(rest.at(-1)).toMatchObject({ id: `${WHOLE.length}.0.end`, name: 'reply-ended' });
    expect(server.fake.calls.filter((one) => one === call)).toHaveLength(1);
  });

  it('resumes from every position of a reply that has ended meanwhile', async () => {
    const { visitor, stream, call, replyId } = await start();
    for (const piece of PIECES) call.say(piece);
    call.finish();
    await stream.all();
    for (let characters = 0; characters <= WHOLE.length; characters++) {
      const resumed = await server.resume(visitor, replyId, `${characters}.0`);
      if (isInsideCharacter(characters)) {
        expect(resumed.status).toBe(400);
        continue;
      }
      const events = await resumed.all();
      expect(WHOLE.slice(0, characters) + textOfEvents(events)).toBe(WHOLE);
      expect(events.at(-1)?.name).toBe('reply-ended');
    }
  });

  it('is sent nothing when it has everything', async () => {
    const { visitor, stream, call, replyId } = await start();
    call.say('All');
    call.finish();
    const { id } = (await stream.all()).at(-1) ?? { id: '' };
    expect(await (await server.resume(visitor, replyId, id)).all()).toEqual([]);
  });

  it('begins at the beginning without a position', async () => {
    const { visitor, stream, call, replyId } = await start();
    call.say('All of it');
    call.finish();
    await stream.all();
    expect((await (await server.resume(visitor, replyId)).all()).map(({ name }) => name)).toEqual([
      'reply-delta',
      'reply-ended',
    ]);
  });

  it.each(['10.0', '0.1', '0.0.end', '3.0.end', '99999999.0', '-1.0', '1', '', '0.0.END'])(
    'is refused at the position "%s", which no event had',
    async (position) => {
      const { visitor, call, replyId, stream } = await start();
      call.say('Short');
      await stream.event(1);
      const { status, body } = await visitor.ask({ path: `/chat/${replyId}?after=${position}` });
      expect(status).toBe(400);
      expect(JSON.parse(body)).toMatchObject({ error: { code: 'INVALID_REQUEST', field: 'after' } });
    },
  );

  it("is nobody else's to resume", async () => {
    const { replyId } = await start();
    const stranger = await server.visitor();
    for (const id of [replyId, crypto.randomUUID(), 'x', '%00']) {
      const { status, body } = await stranger.ask({ path: `/chat/${id}` });
      expect({ status, code: JSON.parse(body).error.code }).toEqual({ status: 404, code: 'REPLY_NOT_FOUND' });
    }
  });
});

function isInsideCharacter(characters: number): boolean {
  return /^[\udc00-\udfff]/.test(WHOLE.slice(characters));
}
