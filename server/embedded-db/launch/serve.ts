import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { ALL_COMMANDS } from '../commands/all-commands.ts';
import type { Engine } from '../commands/command.ts';
import { createDispatch } from '../commands/dispatch.ts';
import { serveConnection } from '../wire/connection.ts';

/** Where connections come in: a Unix socket by path, or a port of the loopback interface (0: any free one). */
export type Address = { socketPath: string } | { port: number };

/** A server that accepts connections. `close` lets running commands finish, answers them, and ends every connection. */
export type RunningServer = { address: Address; close(): Promise<void> };

export async function serve(
  engine: Engine,
  address: Address,
  reportBug: (error: unknown) => void,
): Promise<RunningServer> {
  const dispatch = createDispatch(ALL_COMMANDS, engine, reportBug);
  const sockets = new Set<Socket>();
  const running = new Set<Promise<unknown>>();
  let connections = 0;
  let isClosing = false;
  const server = createServer((socket) => {
    connections += 1;
    const connectionId = connections;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveConnection(socket, async (request) => {
      // What was not begun before the store closes is not begun any more: its connection ends instead.
      if (isClosing) throw new Error('The server is closing');
      const reply = dispatch(request, connectionId);
      running.add(reply);
      return await reply.finally(() => running.delete(reply));
    });
  });
  await listen(server, address);
  return {
    address: boundAddress(server, address),
    async close() {
      isClosing = true;
      server.close();
      for (const socket of sockets) socket.pause();
      await Promise.all(running);
      // One more turn, so that the last answers reach their sockets before these are ended.
      await new Promise((resolve) => setImmediate(resolve));
      for (const socket of sockets) socket.destroySoon();
    },
  };
}

function listen(server: Server, address: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    if ('port' in address) {
      server.listen(address.port, '127.0.0.1', resolve);
      return;
    }
    // The directory's lock is held: a socket file that is there belongs to a dead process.
    rmSync(address.socketPath, { force: true });
    server.listen(address.socketPath, resolve);
  });
}

function boundAddress(server: Server, address: Address): Address {
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? { port: bound.port } : address;
}
