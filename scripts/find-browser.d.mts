/** The path of an executable Chromium. Throws an Error whose message tells the cure if none can be had. */
export function findBrowser(): Promise<string>;
