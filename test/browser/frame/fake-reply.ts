import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import * as v from 'valibot';
import type { StreamSeal } from '../../../server/domain/stream-seal.ts';
import type { Citation, Reply, ReplyEvent } from '../../../shared/chat.ts';
import type { ReplyFailureCode } from '../../../shared/error-code.ts';
import { conversationIdSchema, messageIdSchema, replyIdSchema } from '../../../shared/ids.ts';
import { formatReplyPosition, parseReplyPosition } from '../../../shared/reply-position.ts';
import { sealFakeStream } from '../../support/fake-session.ts';

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
  const listeners = new Map<ServerResponse, StreamSeal>();
  const connections = { total: 0, open: 0 };
  const citations: Citation[] = [];
  let text = '';
  let status: Reply['status'] = 'streaming';
  let failure: Reply['failure'];

  const started: ReplyEvent = {
    name: 'reply-started',
    id: '0.0',
    fields: {
      conversationId: v.parse(conversationIdSchema, conversationId),
      messageId: v.parse(messageIdSchema, question.messageId),
      replyId: v.parse(replyIdSchema, id),
      createdAt,
    },
  };
  const eventId = (hasEnd: boolean) =>
    formatReplyPosition({ characters: text.length, citations: citations.length, hasEnd });
  const write = (response: ServerResponse, event: ReplyEvent) => {
    const data = listeners.get(response)?.next(event, { status, text, citations });
    response.write(`id: ${event.id}\nevent: ${event.name}\ndata: ${data}\n\n`);
  };
  const say = (event: ReplyEvent) => {
    for (const listener of listeners.keys()) write(listener, event);
  };
  const endEvent = (): ReplyEvent =>
    failure === undefined
      ? { name: 'reply-ended', id: eventId(true), fields: { status: status === 'stopped' ? 'stopped' : 'complete' } }
      : { name: 'reply-failed', id: eventId(true), fields: failure };
  const finish = (ended: Reply['status']) => {
    status = ended;
    say(endEvent());
    for (const listener of listeners.keys()) listener.end();
  };

  return {
    id,
    conversationId,
    question,
    connections,
    write(piece) {
      text += piece;
      say({ name: 'reply-delta', id: eventId(false), fields: { text: piece } });
    },
    cite(citation) {
      citations.push(citation);
      say({ name: 'citation', id: eventId(false), fields: citation });
    },
    end: (ended = 'complete') => finish(ended),
    fail(code) {
      failure = { code, message: 'It failed.' };
      finish(code === 'INTERRUPTED' ? 'interrupted' : 'failed');
    },
    drop() {
      for (const listener of listeners.keys()) listener.destroy();
    },
    listen(response, position) {
      const { characters, citations: known } = parseReplyPosition(position ?? '0.0') ?? { characters: 0, citations: 0 };
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
      connections.total++;
      connections.open++;
      listeners.set(response, sealFakeStream(response.req));
      response.on('close', () => {
        connections.open--;
        listeners.delete(response);
      });
      if (position === undefined) write(response, started);
      if (text.length > characters) {
        const position = formatReplyPosition({ characters: text.length, citations: known, hasEnd: false });
        write(response, { name: 'reply-delta', id: position, fields: { text: text.slice(characters) } });
      }
      for (const [index, citation] of [...citations.entries()].slice(known)) {
        const position = formatReplyPosition({ characters: text.length, citations: index + 1, hasEnd: false });
        write(response, { name: 'citation', id: position, fields: citation });
      }
      if (status === 'streaming') return void response.write(': listening\n\n');
      write(response, endEvent());
      response.end();
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
