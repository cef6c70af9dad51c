import { type BuiltDocument, bundleDocument } from '../../support/bundle-document.ts';

let built: Promise<BuiltDocument> | undefined;

/** The frame as `npm run build` makes it. */
export function buildFrame(): Promise<BuiltDocument> {
  built ??= bundleDocument('frame', 'frame/main.tsx');
  return built;
}
