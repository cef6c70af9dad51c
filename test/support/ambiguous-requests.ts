/** Never to be understood as a request of its own. */
export const SMUGGLED = '/smuggled';

/**
 * Requests that two readers could take to end in different places, or to say different things, as the bytes of a whole
 * connection. Behind each comes another request, which a reader who is confused would answer.
 */
export function ambiguousRequests(host: string): readonly (readonly [what: string, bytes: string])[] {
  const hidden = `GET ${SMUGGLED} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
  const post = (headers: string, body = '') =>
    `POST /api/v1/widget/session HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}${hidden}`;
  const get = (headers: string) => `GET /healthz HTTP/1.1\r\nHost: ${host}\r\n${headers}\r\n\r\n${hidden}`;
  return [
    ['a length and chunks', post(`Content-Length: 5\r\nTransfer-Encoding: chunked`, '0\r\n\r\n')],
    ['chunks and a length', post(`Transfer-Encoding: chunked\r\nContent-Length: ${hidden.length + 5}`, '0\r\n\r\n')],
    ['two lengths', post('Content-Length: 0\r\nContent-Length: 5')],
    ['two equal lengths', post('Content-Length: 2\r\nContent-Length: 2', '{}')],
    ['two lengths in one header', post('Content-Length: 0, 5')],
    ['a negative length', post('Content-Length: -1')],
    ['a length with a sign', post('Content-Length: +2', '{}')],
    ['a length in hexadecimal', post('Content-Length: 0x2', '{}')],
    ['an encoding nobody knows', post('Transfer-Encoding: xchunked', '0\r\n\r\n')],
    ['chunks that are not last', post('Transfer-Encoding: chunked, identity', '0\r\n\r\n')],
    ['chunks behind a tab', post('Transfer-Encoding:\tchunked\r\nContent-Length: 5', '0\r\n\r\n')],
    ['a chunk of no size', post('Transfer-Encoding: chunked', 'x\r\n{}\r\n0\r\n\r\n')],
    ['a chunk that is longer than it says', post('Transfer-Encoding: chunked', '1\r\n{}\r\n0\r\n\r\n')],
    ['a folded header', get('X-Folded: a\r\n b')],
    ['a folded length', post('Content-Length:\r\n 2', '{}')],
    ['a bare carriage return', get('X-Bare: a\rX-Other: b')],
    ['a bare carriage return before a length', post('X-Bare: a\rContent-Length: 5')],
    ['a NUL', get('X-Nul: a\0b')],
    ['a space before the colon', post('Content-Length : 2', '{}')],
    ['a space in a name', get('X Spaced: a')],
    ['a header without a name', get(': a')],
    ['a header without a colon', get('X-None')],
    ['a version nobody knows', `GET /healthz HTTP/3.7\r\nHost: ${host}\r\n\r\n${hidden}`],
    ['a method nobody knows', `G\tET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n${hidden}`],
    ['headers of 64 KiB', get(`X-Long: ${'a'.repeat(65_536)}`)],
    ['2,000 headers', get(Array.from({ length: 2_000 }, (_, index) => `X-${index}: ${'a'.repeat(10)}`).join('\r\n'))],
    ['a target of 64 KiB', `GET /${'a'.repeat(65_536)} HTTP/1.1\r\nHost: ${host}\r\n\r\n${hidden}`],
  ];
}
