// Mounts the settings view: a token when it is asked for one, this dashboard's look, and this page's own address.
const element = document.querySelector('#settings');
const signedOut = document.querySelector('#signed-out');
const BASE = '/chat';

const LOOKS = {
  light: {
    mode: 'light',
    primary: '#12465a',
    surface: '#ffffff',
    background: '#f7f3ec',
    text: '#1c2a30',
    line: '#e3dacb',
  },
  dark: {
    mode: 'dark',
    primary: '#5bb3c9',
    surface: '#152126',
    background: '#0e171b',
    text: '#e9eef0',
    line: '#2a3a41',
  },
};

async function getToken() {
  const answer = await fetch('/token', { method: 'POST' });
  const { token } = await answer.json();
  if (token !== null) signedOut.hidden = true;
  return token;
}

function appearance() {
  const look = LOOKS[document.documentElement.dataset.mode];
  return { ...look, fontFamily: '"Avenir Next", Avenir, "Segoe UI", Inter, sans-serif', radius: 6 };
}

const routeOf = (path) => path.slice(BASE.length).replace(/^\/+/, '');
const pathOf = (route) => (route === '' ? BASE : `${BASE}/${route}`);

const view = Casement.mountSettings(element, {
  widget: element.dataset.widget,
  getToken,
  appearance: appearance(),
  locale: document.documentElement.lang,
  route: routeOf(location.pathname),
});

document.addEventListener('modechange', () => view.setAppearance(appearance()));

// The page that is open stands in the address, so that it can be sent to a colleague, and back and forward work.
view.on('route', ({ route, isReplaced }) => {
  const path = pathOf(route);
  if (path === location.pathname) return;
  if (isReplaced) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
});
addEventListener('popstate', () => view.setRoute(routeOf(location.pathname)));

let unsaved = 0;
view.on('unsaved', ({ count }) => {
  unsaved = count;
});
addEventListener('beforeunload', (event) => {
  if (unsaved > 0) event.preventDefault();
});

// The view keeps what was changed. When the admin is back from signing in, it asks for a token again.
view.on('error', ({ code }) => {
  if (code === 'SIGN_IN_ENDED') signedOut.hidden = false;
});
addEventListener('focus', () => {
  if (!signedOut.hidden) view.signedIn();
});
