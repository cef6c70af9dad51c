import type { Configuration } from './configuration.ts';

/**
 * What the frame document carries in `<meta name="boot" content="...">`, as JSON. It is written by the server that
 * serves the frame's own code in the same answer, so it is trusted and typed, not parsed by schema.
 */
export type Boot = {
  readonly key: string;
  /** The one origin this document may be framed by, and the only peer of its handshake. */
  readonly o: string;
  /** Swapped once for a session at `POST /session`; a JWT that lives 60 seconds. */
  readonly ticket: string;
  /** The build the document belongs to. */
  readonly build: string;
  readonly configuration: Configuration;
  /** Set in the preview of a draft: `o` is the settings origin, and ticket and configuration come over the port. */
  readonly preview?: true;
  /** The code that is fetched after the panel can be typed into, with its Subresource Integrity. */
  readonly lazyChunks: readonly { readonly url: string; readonly integrity: string }[];
};
