import { connect, type Socket } from 'node:net';

/** What came back over one connection. */
export type SocketAnswer = {
  /** The status codes of the answers, in order. */
  readonly statuses: readonly number[];
  /** Everything that was sent back. */
  readonly text: string;
};

/** Sends bytes over a connection of their own and answers what comes back until the server closes it. */
export async function sendBytes(port: number, bytes: string): Promise<SocketAnswer> {
  const { socket, closed } = await openSocket(port);
  socket.write(Buffer.from(bytes, 'latin1'));
  const text = await closed;
  return { statuses: statusesIn(text), text };
}

/** A connection, and what came over it when it is closed, by whomever and however. */
export async function openSocket(port: number): Promise<{ readonly socket: Socket; readonly closed: Promise<string> }> {
  const socket = connect(port, '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  // A connection that is reset is closed as well.
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) =>
    socket.once('close', () => resolve(Buffer.concat(parts).toString('latin1'))),
  );
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return { socket, closed };
}

function statusesIn(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
