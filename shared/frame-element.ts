/**
 * The iframe's sandbox, on the element and again in the document's own policy: scripts and its own origin are all the
 * frame needs, besides forms (for the submit event) and popups (for links in answers).
 */
export const FRAME_SANDBOX = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox';

/**
 * What every iframe of ours has, as properties of the element. No feature of the page is delegated, and the page's address
 * never leaves: the referrer is its bare origin, which the server demands even where the page sends none.
 */
export const FRAME_ATTRIBUTES = { sandbox: FRAME_SANDBOX, allow: '', referrerPolicy: 'origin' } as const;

export type FrameAttributes = { readonly sandbox: string; readonly allow: string; readonly referrerPolicy: string };
