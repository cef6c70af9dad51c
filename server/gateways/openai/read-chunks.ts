import * as v from 'valibot';
import { ModelError } from '../model-gateway.ts';

/**
 * What is read of a chunk (https://platform.openai.com/docs/api-reference/chat-streaming). Servers differ in everything
 * else, so other fields are let through, and what may be left out may also be `null`.
 */
const chunkSchema = v.object({
  choices: v.array(
    v.object({
      delta: v.nullish(v.object({ content: v.nullish(v.string()), refusal: v.nullish(v.string()) })),
      finish_reason: v.nullish(v.string()),
    }),
  ),
});

/**
 * The pieces of text of a streamed completion. Throws a ModelError when the model refuses, is cut off at its own limit,
 * sends what is no chunk, or stops without saying that it has finished.
 */
export async function* readChunks(chunks: AsyncIterable<unknown>): AsyncIterable<string> {
  let hasText = false;
  let hasFinished = false;
  for await (const chunk of chunks) {
    const result = v.safeParse(chunkSchema, chunk);
    if (!result.success) throw new ModelError('MODEL_ERROR');
    // The chunk that reports the usage has no choice.
    const [choice] = result.output.choices;
    const content = choice?.delta?.content ?? '';
    if (content !== '') {
      hasText = true;
      yield content;
    }
    if (choice?.delta?.refusal) throw new ModelError('MODEL_REFUSED');
    if (choice?.finish_reason) {
      requireWhole(choice.finish_reason);
      hasFinished = true;
    }
  }
  if (!hasFinished) throw new ModelError('MODEL_UNAVAILABLE');
  if (!hasText) throw new ModelError('MODEL_ERROR');
}

function requireWhole(finishReason: string): void {
  if (finishReason === 'content_filter') throw new ModelError('MODEL_REFUSED');
  if (finishReason === 'length') throw new ModelError('REPLY_TOO_LONG');
  // It was offered no tools, so a wish to call one is no answer.
  if (finishReason === 'tool_calls' || finishReason === 'function_call') throw new ModelError('MODEL_ERROR');
}
