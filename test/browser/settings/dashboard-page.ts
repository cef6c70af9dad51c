/** How a test wants the dashboard around the view. */
export type DashboardOptions = {
  readonly route: string;
  readonly locale: string;
  readonly appearance: object;
  /** What `getToken` answers; `null` is a sign-in that has ended. */
  readonly token: string | null;
};

/**
 * A dashboard that does the settings loader's part of the handshake and no more. `window.host` says what the view said
 * over the port and lets the test speak to it; `host.token` is what the dashboard gives when it is asked.
 */
export function dashboardPage(settingsOrigin: string, options: DashboardOptions): string {
  return `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Dashboard</title>
<style>body{margin:0}iframe{border:0;width:100%;height:600px;display:block}</style>
<body><script>
const S = ${JSON.stringify(settingsOrigin)};
const options = ${JSON.stringify(options).replaceAll('<', '\\u003c')};
const n = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
const host = window.host = { said: [], sent: 0, port: undefined, token: options.token, route: options.route,
  say(message) { host.port.postMessage({ ...message, s: ++host.sent }); } };
const iframe = document.createElement('iframe');
iframe.title = 'Settings';
iframe.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads');
iframe.setAttribute('allow', '');
iframe.referrerPolicy = 'origin';
iframe.src = S + '/settings/main?o=' + encodeURIComponent(origin) + '#' + n;
function receive(message) {
  host.said.push(message);
  if (message.t === 'ready') host.say({ t: 'setup', appearance: options.appearance, locale: options.locale, route: options.route });
  if (message.t === 'token-needed') host.say({ t: 'token', id: message.id, token: host.token });
  if (message.t === 'height') iframe.style.height = message.h + 'px';
}
addEventListener('message', ({ data, origin, source }) => {
  if (origin !== S || source !== iframe.contentWindow || data.t !== 'hello' || data.n !== n || host.port) return;
  const { port1, port2 } = new MessageChannel();
  host.port = port1;
  port1.onmessage = ({ data }) => receive(data);
  iframe.contentWindow.postMessage({ v: 1, t: 'init', n, f: data.f }, S, [port2]);
});
document.body.append(iframe);
</script>`;
}
