import { createPortChannel, type PortChannel } from '../../shared/port-channel.ts';
import {
  FRAME_MESSAGE_GUARDS,
  type FrameMessage,
  HOST_MESSAGE_GUARDS,
  type HostMessage,
} from '../../shared/port-message.ts';

// The rate limit must not end a measurement, so its clock runs ahead: every look is a second later.
function createFastClock(): () => number {
  let time = 0;
  return () => {
    time += 1000;
    return time;
  };
}

function onBroken(): void {
  throw new Error('The channel broke');
}

/** Milliseconds for `calls` echoes, one after the other, over a MessageChannel without any protocol. */
async function measureBare(calls: number): Promise<number> {
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = () => port2.postMessage({ t: 'pong' });
  return measure(calls, (onAnswer) => {
    port1.onmessage = onAnswer;
    return () => port1.postMessage({ t: 'ping' });
  });
}

/** The same over the typed channel, as loader and frame use it. */
async function measureTyped(calls: number): Promise<number> {
  const { port1, port2 } = new MessageChannel();
  const frame: PortChannel<FrameMessage> = createPortChannel<HostMessage, FrameMessage>(port2, {
    guards: HOST_MESSAGE_GUARDS,
    dataOf: ({ data }) => data,
    onMessage: () => frame.send({ t: 'pong' }),
    onBroken,
    now: createFastClock(),
  });
  return measure(calls, (onAnswer) => {
    const loader = createPortChannel<FrameMessage, HostMessage>(port1, {
      guards: FRAME_MESSAGE_GUARDS,
      dataOf: ({ data }) => data,
      onMessage: onAnswer,
      onBroken,
      now: createFastClock(),
    });
    return () => loader.send({ t: 'ping' });
  });
}

function measure(calls: number, connect: (onAnswer: () => void) => () => void): Promise<number> {
  return new Promise((resolve) => {
    let answered = 0;
    const startedAt = performance.now();
    const call = connect(() => {
      answered++;
      if (answered === calls) resolve(performance.now() - startedAt);
      else call();
    });
    call();
  });
}

Object.assign(window, { measureBare, measureTyped });
