import { DEMO_KEY } from './frame-document.ts';

/**
 * A page that does the loader's part of the handshake and no more. `window.host` says what the frame said over the port
 * and lets the test speak to it.
 */
export function hostPageDocument(widgetOrigin: string): string {
  return `<!doctype html><html lang="en"><title>Shop</title>
<style>body{margin:0}iframe{border:0;width:100vw;height:100vh;display:block}</style>
<body><script>
const W = ${JSON.stringify(widgetOrigin)};
const n = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
const host = window.host = { said: [], sent: 0, port: undefined,
  say(t, fields) { host.port.postMessage({ t, ...fields, s: ++host.sent }); },
  open() { iframe.focus(); host.say('open'); } };
const iframe = document.createElement('iframe');
iframe.title = 'Chat';
iframe.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox');
iframe.setAttribute('allow', '');
iframe.referrerPolicy = 'origin';
iframe.src = W + '/frame/${DEMO_KEY}?o=' + encodeURIComponent(origin) + '#' + n;
addEventListener('message', ({ data, origin, source }) => {
  if (origin !== W || source !== iframe.contentWindow || data.t !== 'hello' || data.n !== n || host.port || location.pathname === '/silent') return;
  const { port1, port2 } = new MessageChannel();
  host.port = port1;
  port1.onmessage = ({ data }) => host.said.push(data);
  iframe.contentWindow.postMessage({ v: 1, t: 'init', n, f: data.f }, W, [port2]);
});
document.body.append(iframe);
</script>`;
}
