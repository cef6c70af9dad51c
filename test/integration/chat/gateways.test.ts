import { afterAll, beforeAll } from 'vitest';
import { createKnowledgeGateway } from '../../../server/gateways/knowledge/knowledge-gateway.ts';
import { createOpenAiGateway } from '../../../server/gateways/openai/openai-gateway.ts';
import { type FakeOpenAi, sayInTurn, startFakeOpenAi } from '../../support/fake-openai.ts';
import { describeGateway } from './gateway-behaviour.ts';

let fake: FakeOpenAi;

beforeAll(async () => {
  fake = await startFakeOpenAi();
  fake.answerWith(async (call) => {
    const [system] = call.request.messages;
    const knows = system?.content.includes('Excerpt [1]');
    const answer = knows ? ['It ', 'takes ', 'two days', ' [', '1', ']', '.'] : ['I ', 'do ', 'not ', 'know.'];
    await sayInTurn(call, answer);
    call.finish();
  });
});
afterAll(() => fake.stop());

describeGateway('knowledge', createKnowledgeGateway);
describeGateway('OpenAI-compatible', () =>
  createOpenAiGateway({ baseUrl: fake.baseUrl, apiKey: 'sk-test', name: 'm' }),
);
