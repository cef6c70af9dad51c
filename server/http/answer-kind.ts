/** What a route answers when it does what it was asked; `policy/answer-headers.ts` has the headers of each. */
export type AnswerKind =
  | 'json'
  /** 204 */
  | 'nothing'
  | 'frame'
  /** The document of the settings view. */
  | 'settings-frame'
  | 'preview-frame'
  | 'event-stream'
  | 'configuration'
  /** The configuration for a frame that is open, or 304. */
  | 'current-configuration'
  | 'configuration-for-backend'
  /** A file under a name that lasts. */
  | 'current-file'
  /** A file whose name has a hash of its bytes. */
  | 'hashed-file'
  | 'published-json'
  | 'published-text';
