import { createKnowledgeGateway } from './knowledge/knowledge-gateway.ts';
import type { ModelGateway } from './model-gateway.ts';
import { createOpenAiGateway, type OpenAiGatewayOptions } from './openai/openai-gateway.ts';

/** The model that is configured, or, without one, answers quoted from the widget's knowledge. */
export function createModelGateway(model: OpenAiGatewayOptions | undefined): ModelGateway {
  return model === undefined ? createKnowledgeGateway() : createOpenAiGateway(model);
}
