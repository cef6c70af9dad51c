/**
 * What the document of the settings view carries in `<meta name="boot" content="...">`, as JSON. Nothing in it is a
 * secret: whoever may frame the document has proven nothing yet. Written by our own server, so typed and not parsed.
 */
export type SettingsBoot = {
  /** The one dashboard origin this document may be framed by, and the only peer of its handshake. */
  readonly o: string;
  /** The widget's name within its company. */
  readonly widget: string;
  /** Where the widget itself, and so the preview, is served from. */
  readonly widgetOrigin: string;
  /** The build the document belongs to. */
  readonly build: string;
  /** The code of the pages, fetched when they open, with its Subresource Integrity. */
  readonly lazyChunks: readonly SettingsChunk[];
};

export type SettingsChunk = {
  readonly url: string;
  readonly integrity: string;
  /** The modules that need it when they are imported later, by the name of their file, such as `keys-page`. */
  readonly entries: readonly string[];
};
