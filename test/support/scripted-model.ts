import type { ModelEvent, ModelGateway, ModelRequest } from '../../server/gateways/model-gateway.ts';

export type ModelCall = {
  readonly request: ModelRequest;
  /** The model says the next piece. */
  say(text: string): void;
  emit(event: ModelEvent): void;
  finish(): void;
  fail(error: unknown): void;
};

export type ScriptedModel = ModelGateway & {
  readonly calls: readonly ModelCall[];
  /** Resolves with the call of this number, from 0, when it has been made. */
  call(number: number): Promise<ModelCall>;
};

/** A model that says exactly what a test tells it to, when it tells it to. */
export function createScriptedModel(): ScriptedModel {
  const calls: ModelCall[] = [];
  const waiting = new Map<number, (call: ModelCall) => void>();

  async function* speak(script: Script): AsyncIterable<ModelEvent> {
    for (;;) {
      const event = await script.next();
      if (event === undefined) return;
      yield event;
    }
  }

  return {
    calls,
    call(number) {
      const made = calls[number];
      return made === undefined ? new Promise((resolve) => waiting.set(number, resolve)) : Promise.resolve(made);
    },
    streamReply(request) {
      const script = createScript(request.signal);
      const call: ModelCall = {
        request,
        say: (text) => script.add(async () => ({ type: 'text', text })),
        emit: (event) => script.add(async () => event),
        finish: () => script.add(async () => undefined),
        fail: (error) => script.add(() => Promise.reject(error)),
      };
      waiting.get(calls.push(call) - 1)?.(call);
      return speak(script);
    },
  };
}

type Step = () => Promise<ModelEvent | undefined>;
type Script = { add(step: Step): void; next(): Promise<ModelEvent | undefined> };

function createScript(signal: AbortSignal): Script {
  const steps: Step[] = [];
  let wake: () => void = () => {};
  signal.addEventListener('abort', () => wake());
  return {
    add(step) {
      steps.push(step);
      wake();
    },
    async next() {
      while (steps.length === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (signal.aborted) throw new Error('The call was ended');
      return await steps.shift()?.();
    },
  };
}
