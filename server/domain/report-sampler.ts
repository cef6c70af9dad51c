/** Answers how many reports the next one stands for; 0 if it is not to be looked at. */
export type ReportSampler = () => number;

const WINDOW_MS = 10_000;
/** So many in a window are all looked at, and of those beyond every so-manieth. */
const MOST_WHOLE = 50;
const SAMPLE = 20;

/** Looks at every report while there are few, and at samples in a flood, so that a flood costs little and still shows. */
export function createReportSampler(now: () => number): ReportSampler {
  let startedAt = now();
  let seen = 0;
  return () => {
    if (now() - startedAt >= WINDOW_MS) {
      startedAt = now();
      seen = 0;
    }
    seen++;
    if (seen <= MOST_WHOLE) return 1;
    return (seen - MOST_WHOLE) % SAMPLE === 0 ? SAMPLE : 0;
  };
}
