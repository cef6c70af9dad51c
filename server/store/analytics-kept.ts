/** So long it can be looked at; the same day of the year before is a little less. */
export const ANALYTICS_KEPT_SECONDS = 400 * 24 * 60 * 60;
