import type { RunningServer } from './start-server.ts';

type Line = readonly [name: string, what: string];

/** What to show whoever started the server: the addresses, what each is for, and what to do next. */
export function describeStart(
  { config, demo, secretsMadeAt }: Pick<RunningServer, 'config' | 'demo' | 'secretsMadeAt'>,
  ms: number,
): string {
  const { mongodbUri, dataDirectory, model, widgetOrigin, settingsOrigin } = config;
  const lines: Line[] = [
    ...(demo === undefined
      ? []
      : [[demo.origin, 'the demo shop: open it and click the button in the corner'] as const]),
    [widgetOrigin, 'the widget: loader, frame and API; nothing to see by itself'],
    ...(settingsOrigin === undefined ? [] : [[settingsOrigin, 'the admin API, for your own dashboard'] as const]),
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
