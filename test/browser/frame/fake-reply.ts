import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Citation, Reply } from '../../../shared/chat.ts';
import type { ReplyFailureCode } from '../../../shared/error-code.ts';
import { formatReplyPosition, parseReplyPosition } from '../../../shared/reply-position.ts';

export type FakeQuestion = {
  readonly messageId: string;
  readonly text: string;
  readonly conversationId?: string;
  readonly retryOf?: string;
};

/** A reply whose words the test says. Whoever listens hears them; whoever comes later gets what is missing first. */
export type FakeReply = {
  readonly id: string;
  readonly conversationId: string;
  readonly question: FakeQuestion;
  /** How many connections have listened so far, and how many listen now. */
  readonly connections: { total: number; open: number };
  write(text: string): void;
  cite(citation: Citation): void;
  end(status?: 'complete' | 'stopped'): void;
  fail(code: ReplyFailureCode): void;
  /** Cuts every connection without a word. */
  drop(): void;
  listen(response: ServerResponse, position: string | undefined): void;
  toMessages(): unknown[];
};

export function createFakeReply(question: FakeQuestion, conversationId: string): FakeReply {
  const id = randomUUID();
  const createdAt = new Date().toISOString();
  const listeners = new Set<ServerResponse>();
  const connections = { total: 0, open: 0 };
  const citations: Citation[] = [];
  let text = '';
  let status: Reply['status'] = 'streaming';
  let failure: Reply['failure'];

  const eventId = (hasEnd: boolean) =>
    formatReplyPosition({ characters: text.length, citations: citations.length, hasEnd });
  const format = (name: string, fields: unknown, hasEnd = false) =>
    `id: ${eventId(hasEnd)}\nevent: ${name}\ndata: ${JSON.stringify(fields)}\n\n`;
  const say = (name: string, fields: unknown, hasEnd = false) => {
    for (const listener of listeners) listener.write(format(name, fields, hasEnd));
  };
  const finish = (ended: Reply['status'], name: string, fields: unknown) => {
    status = ended;
    say(name, fields, true);
    for (const listener of listeners) listener.end();
  };

  return {
    id,
    conversationId,
    question,
    connections,
    write(piece) {
      text += piece;
      say('reply-delta', { text: piece });
    },
    cite(citation) {
      citations.push(citation);
      say('citation', citation);
    },
    end: (ended = 'complete') => finish(ended, 'reply-ended', { status: ended }),
    fail(code) {
      failure = { code, message: 'It failed.' };
      finish(code === 'INTERRUPTED' ? 'interrupted' : 'failed', 'reply-failed', failure);
    },
    drop() {
      for (const listener of listeners) listener.destroy();
    },
    listen(response, position) {
      const { characters, citations: known } = parseReplyPosition(position ?? '0.0') ?? { characters: 0, citations: 0 };
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
      connections.total++;
      connections.open++;
      listeners.add(response);
      response.on('close', () => {
        connections.open--;
        listeners.delete(response);
      });
      if (position === undefined) {
        response.write(
          `id: 0.0\nevent: reply-started\ndata: ${JSON.stringify({ conversationId, messageId: question.messageId, replyId: id, createdAt })}\n\n`,
        );
      }
      if (text.length > characters) {
        const ids = formatReplyPosition({ characters: text.length, citations: known, hasEnd: false });
        response.write(`id: ${ids}\nevent: reply-delta\ndata: ${JSON.stringify({ text: text.slice(characters) })}\n\n`);
      }
      for (const [index, citation] of [...citations.entries()].slice(known)) {
        const ids = formatReplyPosition({ characters: text.length, citations: index + 1, hasEnd: false });
        response.write(`id: ${ids}\nevent: citation\ndata: ${JSON.stringify(citation)}\n\n`);
      }
      if (status === 'streaming') return void response.write(': listening\n\n');
      const [name, fields] = failure === undefined ? ['reply-ended', { status }] : ['reply-failed', failure];
      response.end(format(name, fields, true));
    },
    toMessages() {
      const reply = { role: 'assistant', id, replyTo: question.messageId, status, text, citations, createdAt };
      return [
        { role: 'visitor', id: question.messageId, text: question.text, createdAt },
        failure === undefined ? reply : { ...reply, failure },
      ];
    },
  };
}
