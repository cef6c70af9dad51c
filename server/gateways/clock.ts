/** The present, as a gateway: what a test replaces to move time. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
