/** One event of a stream, as https://html.spec.whatwg.org/multipage/server-sent-events.html#dispatchMessage has it. */
export type StreamEvent = { readonly name: string; readonly id: string; readonly text: string };

/**
 * Reads server-sent events out of text that comes in pieces of any size. `push` answers the events that became whole.
 * What follows the last empty line is not an event until its own empty line comes, so a dropped connection never yields
 * half of one. The byte order mark is the decoder's business; `retry` has no meaning here and is ignored.
 */
export function createEventReader(): { push(piece: string): StreamEvent[] } {
  let rest = '';
  let hasPendingReturn = false;
  let name = '';
  let id = '';
  let lines: string[] = [];

  function takeLine(line: string): StreamEvent | undefined {
    if (line === '') return dispatch();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') name = value;
    else if (field === 'data') lines.push(value);
    else if (field === 'id' && !value.includes('\0')) id = value;
    return undefined;
  }

  function dispatch(): StreamEvent | undefined {
    const event = { name: name || 'message', id, text: lines.join('\n') };
    const isEmpty = lines.length === 0;
    name = '';
    lines = [];
    return isEmpty ? undefined : event;
  }

  return {
    push(piece) {
      // A carriage return at the end of a piece already ended its line; a line feed that follows belongs to it.
      const fresh = hasPendingReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
      if (piece !== '') hasPendingReturn = piece.endsWith('\r');
      const pieces = (rest + fresh).split(/\r\n|\r|\n/);
      rest = pieces.pop() ?? '';
      return pieces.map(takeLine).filter((event) => event !== undefined);
    },
  };
}
