import type { Citation } from './chat.ts';

/**
 * How the stream of a reply is authenticated. Its events are numbered from 1, and each one moves a chain on:
 * `link(n) = HMAC-SHA256(key, eventText(link(n - 1), n, event))`, where `link(0) = HMAC-SHA256(key, openingText(...))`.
 * The last event carries the SHA-256 of the whole reply as `digest`, and its own link as `mac`, which is added to its
 * data after the link was taken. So an event that is missing, changed, added or out of its place shows at the end; and
 * because of the digest, so does a change in what came over earlier connections. A resumed stream begins a new chain.
 */
export type SealedEvent = { readonly id: string; readonly name: string; readonly data: string };

/** What the chain of one response begins with. `target` is the request's path with its query. */
export function openingText(method: string, target: string): string {
  return ['casement-stream', method, target].join('\n');
}

/** No part can contain a line feed: each is a line, or a part of a line, of the stream. */
export function eventText(previousLink: string, number: number, { id, name, data }: SealedEvent): string {
  return [previousLink, number, id, name, data].join('\n');
}

/** The text whose SHA-256 is the `digest` of a reply. */
export function replyText(text: string, citations: readonly Citation[]): string {
  return JSON.stringify([
    text,
    citations.map(({ number, title, excerpt, url }) => [number, title, excerpt, url ?? null]),
  ]);
}

const MAC_AT_END = /,"mac":"([0-9a-f]{64})"\}$/;

/** `data` is a JSON object with at least one field. */
export function addMac(data: string, mac: string): string {
  return `${data.slice(0, -1)},"mac":"${mac}"}`;
}

/** The data before its `mac` was added, or `undefined` if there is none. */
export function takeMac(data: string): { readonly data: string; readonly mac: string } | undefined {
  const match = MAC_AT_END.exec(data);
  return match?.[1] === undefined ? undefined : { data: `${data.slice(0, match.index)}}`, mac: match[1] };
}
