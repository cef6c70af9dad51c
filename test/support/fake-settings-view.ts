/** What `window` of a fake settings view has for a test. */
export type FakeViewWindow = { readonly heard: { t: string }[]; say(message: object): void };

/**
 * A page that stands in for the settings view: it frames a preview as the real one does, answers its handshake, keeps what
 * it says in `window.heard`, and speaks to it by `window.say`.
 */
export function fakeSettingsView(previewUrl: string, nonce: string, widgetOrigin: string): string {
  return `<!doctype html><title>View</title><iframe referrerpolicy="origin" width="400" height="640"></iframe><script>
    const frame = document.querySelector('iframe');
    window.heard = [];
    addEventListener('message', ({ data, origin, source }) => {
      if (origin !== ${JSON.stringify(widgetOrigin)} || source !== frame.contentWindow || data.t !== 'hello') return;
      const { port1, port2 } = new MessageChannel();
      let sent = 0;
      port1.onmessage = ({ data }) => window.heard.push(data);
      window.say = (message) => port1.postMessage({ ...message, s: ++sent });
      frame.contentWindow.postMessage({ ...data, t: 'init' }, origin, [port2]);
    });
    frame.src = ${JSON.stringify(`${previewUrl}#${nonce}`)};
  </script>`;
}
