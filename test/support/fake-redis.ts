import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { findFreePort } from './free-port.ts';

export type FakeRedis = {
  readonly url: string;
  /** How many counts it was asked for. */
  readonly asked: () => number;
  /** Takes commands and answers none, or goes on answering. */
  setSilent(isSilent: boolean): void;
  /** Drops every connection and refuses new ones; what was counted is kept. */
  stop(): Promise<void>;
  /** Listens on the same port again. */
  start(): Promise<void>;
};

/**
 * As much of a Redis (https://redis.io/docs/latest/develop/reference/protocol-spec/) as counting needs: it greets, and to
 * `EVAL` it does what the script of rate-limiter-flexible does: adds to a count that expires.
 */
export async function startFakeRedis(): Promise<FakeRedis> {
  const port = await findFreePort();
  const counts = new Map<string, { count: number; expiresAt: number }>();
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let isSilent = false;
  let asked = 0;

  function answer([name = '', , , key = '', points = '0', seconds = '0']: readonly string[]): string {
    if (name === 'HELLO') return '%1\r\n+proto\r\n:3\r\n';
    if (name !== 'EVAL') return '+OK\r\n';
    asked++;
    const now = Date.now();
    const known = counts.get(key);
    const entry = known && known.expiresAt > now ? known : { count: 0, expiresAt: now + Number(seconds) * 1000 };
    entry.count += Number(points);
    counts.set(key, entry);
    return `*2\r\n:${entry.count}\r\n:${entry.expiresAt - now}\r\n`;
  }

  function serve(socket: Socket): void {
    let rest = '';
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    socket.setEncoding('latin1').on('data', (part: string) => {
      const { commands, unread } = readCommands(rest + part);
      rest = unread;
      if (!isSilent) socket.write(commands.map(answer).join(''));
    });
  }

  async function start(): Promise<void> {
    server = createServer(serve).listen(port, '127.0.0.1');
    await once(server, 'listening');
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    asked: () => asked,
    setSilent(value) {
      isSilent = value;
    },
    start,
    async stop() {
      const closed = server && once(server, 'close');
      server?.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** The whole commands in `text`, each as its words, and what follows them. */
function readCommands(text: string): { readonly commands: readonly string[][]; readonly unread: string } {
  const commands: string[][] = [];
  let unread = text;
  for (let end = 0; ; unread = unread.slice(end)) {
    const [head, count] = /^\*(\d+)\r\n/.exec(unread) ?? [];
    if (head === undefined) return { commands, unread };
    const words: string[] = [];
    end = head.length;
    for (let index = 0; index < Number(count); index++) {
      const [lengthLine, length] = /^\$(\d+)\r\n/.exec(unread.slice(end)) ?? [];
      const start = end + (lengthLine?.length ?? 0);
      if (lengthLine === undefined || unread.length < start + Number(length) + 2) return { commands, unread };
      words.push(unread.slice(start, start + Number(length)));
      end = start + Number(length) + 2;
    }
    commands.push(words);
  }
}
