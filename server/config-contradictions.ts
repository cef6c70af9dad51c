import { isLoopback } from '../shared/origin.ts';
import type { Config } from './config.ts';
import { findAdminProblems } from './config-admin.ts';
import { findDemoProblems } from './config-demo.ts';
import { findSecurityProblems } from './config-security.ts';
import { exampleOf, type Variables } from './config-variables.ts';

/** One line for each thing that is wrong although every variable by itself is right. */
export function findContradictions(variables: Variables, config: Config): readonly string[] {
  return [
    ...findProductionProblems(variables, config),
    ...findAdminProblems(variables, config),
    ...findSecurityProblems(variables),
    ...findModelProblems(variables),
    ...findDemoProblems(variables, config),
  ];
}

function findProductionProblems(variables: Variables, { mode, widgetOrigin }: Config): readonly string[] {
  if (mode !== 'production') return [];
  const problems: string[] = [];
  if (variables.PUBLIC_URL === undefined) {
    problems.push(`PUBLIC_URL is missing: production needs the widget origin, such as ${exampleOf('PUBLIC_URL')}`);
  } else if (widgetOrigin.startsWith('http:') && !isLoopback(widgetOrigin)) {
    // Browsers keep neither a __Host- cookie nor a secure context over plain http.
    problems.push(`PUBLIC_URL is "${widgetOrigin}": production needs https, such as ${exampleOf('PUBLIC_URL')}`);
  }
  if (variables.SESSION_SECRET === undefined) {
    problems.push(`SESSION_SECRET is missing: production needs one, such as ${exampleOf('SESSION_SECRET')}`);
  }
  if (variables.SECRETS_KEY === undefined) {
    problems.push(`SECRETS_KEY is missing: production needs one, such as ${exampleOf('SECRETS_KEY')}`);
  }
  if (variables.DEMO === 'on') {
    problems.push(`DEMO is "on": the demo shop is not for production; leave it out, or set ${exampleOf('DEMO')}`);
  }
  return problems;
}

function findModelProblems({ AI_BASE_URL, AI_API_KEY, AI_MODEL }: Variables): readonly string[] {
  const hasModel = AI_MODEL !== undefined;
  const hasServer = AI_BASE_URL !== undefined || AI_API_KEY !== undefined;
  if (hasModel === hasServer) return [];
  if (hasModel) {
    return [`AI_BASE_URL is missing: AI_MODEL needs a server, such as ${exampleOf('AI_BASE_URL')}, or an AI_API_KEY`];
  }
  return [`AI_MODEL is missing: AI_BASE_URL or AI_API_KEY needs the model's name, such as ${exampleOf('AI_MODEL')}`];
}
