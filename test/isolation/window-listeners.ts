import type { Frame, Page } from 'playwright-core';

/** How many `message` listeners the window of `target` has, as the browser's own debugger tells it. */
export async function countMessageListeners(target: Page | Frame): Promise<number> {
  const context = 'context' in target ? target.context() : target.page().context();
  const debug = await context.newCDPSession(target);
  const { result } = await debug.send('Runtime.evaluate', { expression: 'window' });
  if (result.objectId === undefined) throw new TypeError('The window has no object id');
  const { listeners } = await debug.send('DOMDebugger.getEventListeners', { objectId: result.objectId });
  await debug.detach();
  return listeners.filter(({ type }) => type === 'message').length;
}
