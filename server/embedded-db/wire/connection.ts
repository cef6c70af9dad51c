import type { Socket } from 'node:net';
import { createFrameSplitter } from './frame-splitter.ts';
import { encodeReply, type Reply } from './reply.ts';
import { parseRequest, type Request } from './request.ts';

/** Answers one command. It must not throw: a failed command is a reply like any other. */
export type Respond = (request: Request) => Promise<Reply>;

/**
 * Serves the MongoDB wire protocol on one socket: one command after the other, answers in the order of the questions.
 * A frame that cannot be trusted ends the connection, as it does with mongod. Reading pauses while answers wait to be sent.
 */
export function serveConnection(socket: Socket, respond: Respond): void {
  const split = createFrameSplitter();
  let work = Promise.resolve();
  let waiting = 0;
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    try {
      for (const frame of split(chunk)) {
        waiting += 1;
        work = work
          .then(() => answer(socket, frame, respond))
          .finally(() => {
            waiting -= 1;
            if (waiting === 0) socket.resume();
          });
      }
    } catch {
      socket.destroy();
    }
    if (waiting > 1) socket.pause();
  });
}

async function answer(socket: Socket, frame: Buffer, respond: Respond): Promise<void> {
  if (socket.destroyed) return;
  try {
    const request = parseRequest(frame);
    const reply = await respond(request);
    if (!request.expectsReply || socket.destroyed) return;
    if (!socket.write(encodeReply(reply, request))) await drained(socket);
  } catch {
    socket.destroy();
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.once('drain', done);
    socket.once('close', done);
  });
}
