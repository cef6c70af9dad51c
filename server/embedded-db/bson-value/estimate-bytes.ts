import { binaryParts } from './compare-values.ts';
import { isDocument } from './document.ts';

const VALUE_BYTES = 16;

/** A rough size: the text and bytes it holds, and 16 bytes for every value. Encoding each document would be exact and slow. */
export function estimateBytes(value: unknown): number {
  if (typeof value === 'string') return value.length + VALUE_BYTES;
  if (Array.isArray(value)) return value.reduce<number>((sum, element) => sum + estimateBytes(element), VALUE_BYTES);
  if (!isDocument(value)) return VALUE_BYTES + binaryLength(value);
  return Object.entries(value).reduce((sum, [name, field]) => sum + name.length + estimateBytes(field), VALUE_BYTES);
}

function binaryLength(value: unknown): number {
  return binaryParts(value)?.bytes.length ?? 0;
}
