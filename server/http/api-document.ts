import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { ServerOrigins } from './surface.ts';

const surfaceSchema = v.picklist(['widget', 'settings', 'both']);
const builtDocumentSchema = v.looseObject({
  openapi: v.string(),
  paths: v.record(v.string(), v.record(v.string(), v.looseObject({ 'x-casement-origin': surfaceSchema }))),
});
type BuiltDocument = v.InferOutput<typeof builtDocumentSchema>;

/**
 * The OpenAPI document as this server answers it. Reads `openapi.json`, which the build writes, and adds where each operation is answered. What is on an origin that this
 * server does not have is left out. Throws if the file is not there or not whole.
 */
export async function readApiDocument(distDirectory: string, origins: ServerOrigins): Promise<string> {
  const text = await readFile(join(distDirectory, 'openapi.json'), 'utf8');
  return JSON.stringify(addressDocument(v.parse(builtDocumentSchema, JSON.parse(text)), origins));
}

/** https://spec.openapis.org/oas/v3.1.1.html#server-object */
function addressDocument(document: BuiltDocument, { widgetOrigin, settingsOrigin }: ServerOrigins) {
  const widget = { url: widgetOrigin, description: 'The widget origin' };
  const settings = settingsOrigin && { url: settingsOrigin, description: 'The settings origin' };
  const both = settings === undefined ? [widget] : [widget, settings];
  const servers = { widget: [widget], settings: settings && [settings], both };
  const paths: Record<string, unknown> = {};
  for (const [path, operations] of Object.entries(document.paths)) {
    const addressed = Object.entries(operations).flatMap(([method, operation]) => {
      const where = servers[operation['x-casement-origin']];
      return where === undefined ? [] : [[method, { ...operation, servers: where }] as const];
    });
    if (addressed.length > 0) paths[path] = Object.fromEntries(addressed);
  }
  return { ...document, servers: both, paths };
}
