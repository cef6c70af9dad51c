import { type Configuration, configurationSchema, configurationTag } from '../../shared/configuration.ts';
import { ApiError } from './api-error.ts';
import type { Authorized } from './chat-api.ts';
import { requestJson } from './request.ts';

/**
 * The widget's configuration, or `undefined` if it still is `known`. `language` is what the embedder has chosen, if it
 * has; else the browser's own count. Throws an `ApiError`.
 */
export async function readConfiguration(
  authorized: Authorized,
  known: Configuration,
  language: string | null,
): Promise<Configuration | undefined> {
  const path = `/configuration${language === null ? '' : `?l=${encodeURIComponent(language)}`}`;
  const ifNoneMatch = configurationTag(known);
  try {
    return await authorized((access) => requestJson({ method: 'GET', path, access, ifNoneMatch }, configurationSchema));
  } catch (error) {
    if (error instanceof ApiError && error.status === 304) return undefined;
    throw error;
  }
}
