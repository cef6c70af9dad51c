import type { RunningServer } from './start-server.ts';

const ROLE_WORDS: Readonly<Record<string, string>> = {
  owner: 'an owner, who may change everything',
  viewer: 'a viewer, who may look at it',
};

type Line = readonly [name: string, what: string];

/** What to show whoever started the server: the addresses, what each is for, and what to do next. */
export function describeStart(
  {
    config,
    demo,
    demoDashboard,
    secretsMadeAt,
  }: Pick<RunningServer, 'config' | 'demo' | 'demoDashboard' | 'secretsMadeAt'>,
  ms: number,
): string {
  const { mongodbUri, dataDirectory, model, widgetOrigin, settingsOrigin } = config;
  const lines: Line[] = [
    ...(demo === undefined
      ? []
      : [[demo.origin, 'the demo shop: open it and click the button in the corner'] as const]),
    ...(demoDashboard === undefined
      ? []
      : [[demoDashboard.origin, "the shop's dashboard with the widget's settings; sign in as"] as const]),
    ...(demoDashboard?.accounts ?? []).map(
      ({ email, password, role }) => ['', `${email}, password ${password}: ${ROLE_WORDS[role] ?? role}`] as const,
    ),
    [widgetOrigin, 'the widget: loader, frame and API; nothing to see by itself'],
    ...(settingsOrigin === undefined
      ? []
      : [[settingsOrigin, 'the settings view and the admin API, for your own dashboard'] as const]),
    [
      'Answers',
      model === undefined
        ? 'quoted from the articles; AI_MODEL switches to a model'
        : `from ${model.name} at ${model.baseUrl}`,
    ],
    ['Store', mongodbUri === undefined ? `embedded, in ${dataDirectory}` : 'MongoDB'],
    ...secretsMadeAt.map((path) => ['Secret', `made for development and kept in ${path}`] as const),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const table = lines.map(([name, what]) => `  ${name.padEnd(width)}  ${what}`);
  return ['', `  Casement is ready (${(ms / 1000).toFixed(1)} s). Ctrl+C stops it.`, '', ...table, '', ''].join('\n');
}
