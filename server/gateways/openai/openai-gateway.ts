import OpenAI from 'openai';
import { toCitation } from '../citation.ts';
import type { ModelEvent, ModelGateway, ModelRequest } from '../model-gateway.ts';
import { toModelError } from './model-error.ts';
import { createPrompt } from './prompt.ts';
import { readChunks } from './read-chunks.ts';
import { createUsedNumbers } from './used-numbers.ts';

export type OpenAiGatewayOptions = {
  /** Of any server that speaks the Chat Completions API, such as `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Absent for servers that ask for none. */
  readonly apiKey: string | undefined;
  /** What the server calls the model. */
  readonly name: string;
};

/**
 * Asks a model through the Chat Completions API. A failed call is not made again behind the visitor's back. Failures are
 * told apart by class, status and code of the error; docs/ai.md lists them.
 */
export function createOpenAiGateway({ baseUrl, apiKey, name }: OpenAiGatewayOptions): ModelGateway {
  const client = new OpenAI({
    baseURL: baseUrl,
    // The package wants one; a server that asks for none ignores it.
    apiKey: apiKey ?? 'none',
    // Said here, so that variables meant for other programs on this machine say nothing to this one.
    organization: null,
    project: null,
    maxRetries: 0,
    // Its log quotes what it could not read, which may be the conversation.
    logLevel: 'off',
  });
  let acceptsTemperature = true;

  async function call(request: ModelRequest): Promise<AsyncIterable<unknown>> {
    const { temperature, signal } = request;
    const body = { model: name, messages: [...createPrompt(request)], stream: true as const };
    if (!acceptsTemperature) return await client.chat.completions.create(body, { signal });
    try {
      return await client.chat.completions.create({ ...body, temperature }, { signal });
    } catch (error) {
      // Reasoning models refuse the parameter before they read the question; that is no answer yet.
      if (!isTemperatureRefused(error)) throw error;
      acceptsTemperature = false;
      return await client.chat.completions.create(body, { signal });
    }
  }

  async function* streamReply(request: ModelRequest): AsyncIterable<ModelEvent> {
    const usedNumbers = createUsedNumbers(request.knowledge.length);
    try {
      for await (const text of readChunks(await call(request))) {
        yield { type: 'text', text };
        for (const number of usedNumbers.read(text)) {
          const passage = request.knowledge[number - 1];
          if (passage !== undefined) yield { type: 'citation', citation: toCitation(passage, number) };
        }
      }
    } catch (error) {
      throw toModelError(error);
    }
  }

  return { streamReply };
}

function isTemperatureRefused(error: unknown): boolean {
  return error instanceof OpenAI.BadRequestError && error.param === 'temperature';
}
