/** Stands in a published header for what differs from answer to answer. */
export type Placeholder = `{${string}}`;
