import { connect, type Socket } from 'node:net';
import { type Document, deserialize, serialize } from 'bson';

/** A bare connection that speaks OP_MSG byte by byte, for what a driver would never send. */
export type WireConnection = {
  /** Sends bytes as they are. */
  sendBytes(bytes: Buffer): void;
  /** Sends a command in a body section and resolves with the answer. */
  command(body: Document): Promise<Document>;
  /** Sends a frame and resolves with the answer's body bytes, or null when the connection is closed instead. */
  exchange(frame: Buffer): Promise<Buffer | null>;
  isClosed(): Promise<void>;
  close(): void;
};

const HEADER_BYTES = 16;
const OP_MSG = 2013;

/** Connects to the Unix socket or the host of a `mongodb://` URI. */
export async function connectWire(uri: string): Promise<WireConnection> {
  const socket = await openSocket(uri);
  let received = Buffer.alloc(0);
  let notify: () => void = () => {};
  let closed = false;
  const whenClosed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    notify();
  });
  socket.on('error', () => {});
  void whenClosed.then(() => {
    closed = true;
    notify();
  });
  const nextFrame = async (): Promise<Buffer | null> => {
    while (received.length < 4 || received.length < received.readInt32LE(0)) {
      if (closed) return null;
      await new Promise<void>((resolve) => {
        notify = resolve;
      });
    }
    const length = received.readInt32LE(0);
    const frame = received.subarray(0, length);
    received = received.subarray(length);
    return frame;
  };
  const exchange = async (frame: Buffer) => {
    socket.write(frame);
    return (await nextFrame())?.subarray(HEADER_BYTES + 5) ?? null;
  };
  return {
    sendBytes: (bytes) => void socket.write(bytes),
    exchange,
    async command(body) {
      const answer = await exchange(msgFrame({ sections: [bodySection(serialize(body))] }));
      if (!answer) throw new Error('The connection was closed');
      return deserialize(answer, { promoteLongs: false });
    },
    isClosed: () => whenClosed,
    close: () => void socket.destroy(),
  };
}

/** An OP_MSG out of its sections; `flags` and a trailer (the checksum's place) as the test wants them. */
export function msgFrame(parts: { sections: Buffer[]; flags?: number; trailer?: Buffer; opCode?: number }): Buffer {
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE(parts.flags ?? 0);
  const body = Buffer.concat([flags, ...parts.sections, parts.trailer ?? Buffer.alloc(0)]);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32LE(HEADER_BYTES + body.length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(parts.opCode ?? OP_MSG, 12);
  return Buffer.concat([header, body]);
}

export function bodySection(document: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([0]), document]);
}

export function sequenceSection(name: string, documents: Uint8Array[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents]);
  const length = Buffer.alloc(4);
  length.writeInt32LE(content.length + 4);
  return Buffer.concat([Buffer.from([1]), length, content]);
}

function openSocket(uri: string): Promise<Socket> {
  const host = decodeURIComponent(/^mongodb:\/\/([^/]+)/.exec(uri)?.[1] ?? '');
  const [name = 'localhost', port = '27017'] = host.split(':');
  const socket = host.startsWith('/') ? connect(host) : connect(Number(port), name);
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}
