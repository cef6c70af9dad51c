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
export class FakeReply {
  readonly id = randomUUID();
  readonly question: FakeQuestion;
  readonly conversationId: string;
  /** How many connections have listened so far, and how many listen now. */
  readonly connections = { total: 0, open: 0 };
  readonly #createdAt = new Date().toISOString();
  readonly #listeners = new Map<ServerResponse, StreamSeal>();
  readonly #citations: Citation[] = [];
  #text = '';
  #status: Reply['status'] = 'streaming';
  #failure: Reply['failure'];

  constructor(question: FakeQuestion, conversationId: string) {
    this.question = question;
    this.conversationId = conversationId;
  }

  write(piece: string): void {
    this.#text += piece;
    this.#say({ name: 'reply-delta', id: this.#position(), fields: { text: piece } });
  }

  cite(citation: Citation): void {
    this.#citations.push(citation);
    this.#say({ name: 'citation', id: this.#position(), fields: citation });
  }

  end(status: 'complete' | 'stopped' = 'complete'): void {
    this.#finish(status);
  }

  fail(code: ReplyFailureCode): void {
    this.#failure = { code, message: 'It failed.' };
    this.#finish(code === 'INTERRUPTED' ? 'interrupted' : 'failed');
  }

  /** Cuts every connection without a word. */
  drop(): void {
    for (const listener of this.#listeners.keys()) listener.destroy();
  }

  /** Lets `response` hear what comes after `position`; without one it hears that the reply has started, too. */
  listen(response: ServerResponse, position: string | undefined): void {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    this.connections.total++;
    this.connections.open++;
    this.#listeners.set(response, sealFakeStream(response.req));
    response.on('close', () => {
      this.connections.open--;
      this.#listeners.delete(response);
    });
    if (position === undefined) this.#write(response, this.#startEvent());
    this.#catchUp(response, position ?? '0.0');
    if (this.#status === 'streaming') return void response.write(': listening\n\n');
    this.#write(response, this.#endEvent());
    response.end();
  }

  /** Question and reply as a transcript has them. */
  toMessages(): unknown[] {
    const { id: messageId, createdAt } = { id: this.question.messageId, createdAt: this.#createdAt };
    return [
      { role: 'visitor', id: messageId, text: this.question.text, createdAt },
      {
        role: 'assistant',
        id: this.id,
        replyTo: messageId,
        status: this.#status,
        text: this.#text,
        citations: this.#citations,
        ...(this.#failure && { failure: this.#failure }),
        createdAt,
      },
    ];
  }

  #catchUp(response: ServerResponse, position: string): void {
    const { characters = 0, citations = 0 } = parseReplyPosition(position) ?? {};
    if (this.#text.length > characters) {
      const id = formatReplyPosition({ characters: this.#text.length, citations, hasEnd: false });
      this.#write(response, { name: 'reply-delta', id, fields: { text: this.#text.slice(characters) } });
    }
    for (const [index, citation] of [...this.#citations.entries()].slice(citations)) {
      const id = formatReplyPosition({ characters: this.#text.length, citations: index + 1, hasEnd: false });
      this.#write(response, { name: 'citation', id, fields: citation });
    }
  }

  #finish(status: Reply['status']): void {
    this.#status = status;
    this.#say(this.#endEvent());
    for (const listener of this.#listeners.keys()) listener.end();
  }

  #say(event: ReplyEvent): void {
    for (const listener of this.#listeners.keys()) this.#write(listener, event);
  }

  #write(response: ServerResponse, event: ReplyEvent): void {
    const state = { status: this.#status, text: this.#text, citations: this.#citations };
    const data = this.#listeners.get(response)?.next(event, state);
    response.write(`id: ${event.id}\nevent: ${event.name}\ndata: ${data}\n\n`);
  }

  #startEvent(): ReplyEvent {
    const fields = {
      conversationId: v.parse(conversationIdSchema, this.conversationId),
      messageId: v.parse(messageIdSchema, this.question.messageId),
      replyId: v.parse(replyIdSchema, this.id),
      createdAt: this.#createdAt,
    };
    return { name: 'reply-started', id: '0.0', fields };
  }

  #endEvent(): ReplyEvent {
    const id = `${this.#position()}.end`;
    if (this.#failure !== undefined) return { name: 'reply-failed', id, fields: this.#failure };
    return { name: 'reply-ended', id, fields: { status: this.#status === 'stopped' ? 'stopped' : 'complete' } };
  }

  #position(): string {
    return formatReplyPosition({ characters: this.#text.length, citations: this.#citations.length, hasEnd: false });
  }
}
