import type { Clock } from '../../server/gateways/clock.ts';

/** A clock that begins at the present and then moves only when it is told to. */
export function createMovingClock(): Clock & { advance(seconds: number): void } {
  let time = Date.now();
  return {
    now: () => new Date(time),
    advance(seconds) {
      time += seconds * 1000;
    },
  };
}
