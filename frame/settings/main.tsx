import './styles/main.css';
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import type { SettingsBoot } from '../../shared/settings-boot.ts';
import type { SettingsErrorCode } from '../../shared/settings-port-message.ts';
import { textDirection } from '../../shared/text-direction.ts';
import { shakeHands } from '../host/handshake.ts';
import { createAdminApi } from './api/admin-api.ts';
import { AdminApiError } from './api/admin-api-error.ts';
import { getSettings } from './api/settings.ts';
import { createView, type ViewParts } from './create-view.ts';
import { readSettingsBoot } from './host/boot.ts';
import { connectDashboard, type Dashboard } from './host/dashboard.ts';
import { createImportLater } from './host/page-chunks.ts';
import { reportHeight } from './host/report-height.ts';
import { watchSeenPart } from './host/seen-part.ts';
import { App, type AppState } from './shell/app.tsx';
import { createNotices } from './state/notices.ts';
import { createSignIn } from './state/sign-in.ts';
import { applyAppearance } from './ui/appearance.ts';
import { createConfirmDialogs } from './ui/confirm.tsx';

const now = () => Date.now();

/** Shakes hands with the dashboard, asks it for a token, and only then the server for the settings. */
async function start(): Promise<void> {
  const boot = readSettingsBoot(document);
  const handshake = await shakeHands(window, {
    origin: boot.o,
    postToParent: (message, origin) => parent.postMessage(message, origin),
  });
  if (handshake === undefined) return;
  const dashboard = connectDashboard(handshake, { now: () => performance.now() });
  await dashboard.isSetUp;
  followDashboard(dashboard);
  await showView(boot, dashboard);
}

/** Looks as the dashboard says, now and whenever it says something else. */
function followDashboard(dashboard: Dashboard): void {
  const page = document.documentElement;
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = signal(prefersDark.matches);
  prefersDark.addEventListener('change', ({ matches }) => {
    isDark.value = matches;
  });
  effect(() => applyAppearance(page, dashboard.appearance.value, isDark.value));
  effect(() => {
    page.dir = textDirection(dashboard.locale.value);
  });
}

async function showView(boot: SettingsBoot, dashboard: Dashboard): Promise<void> {
  const root = document.querySelector<HTMLElement>('#root') ?? document.body;
  const state = signal<AppState>({ kind: 'starting' });
  const notices = createNotices();
  const dialogs = createConfirmDialogs();
  const signIn = createSignIn({
    dashboard,
    now,
    isWatched: () => document.visibilityState === 'visible',
    onEnded: () => dashboard.tellError('SIGN_IN_ENDED'),
  });
  dashboard.signIns.subscribe((times) => {
    if (times > 0) signIn.resume();
  });

  render(<App state={state} signIn={signIn} notices={notices} dialogs={dialogs} />, root);
  reportHeight(root, dashboard.tellHeight);
  const api = createAdminApi(signIn, boot.widget);
  const seen = watchSeenPart(root);
  effect(() => {
    root.style.setProperty('--seen-start', `${seen.value.top}px`);
    root.style.setProperty('--seen-end', `${seen.value.top + seen.value.height}px`);
  });
  const importLater = createImportLater(document, boot.lazyChunks);
  const parts = { boot, api, dashboard, notices, dialogs, seen, importLater, now };
  await open(parts);

  async function open(given: ViewParts): Promise<void> {
    state.value = { kind: 'starting' };
    try {
      state.value = { kind: 'ready', view: createView(given, await getSettings(api)) };
    } catch (error) {
      dashboard.tellError(errorCodeOf(error));
      state.value = { kind: 'failed', error, onRetry: () => void open(given) };
    }
  }
}

function errorCodeOf(error: unknown): SettingsErrorCode {
  const code = error instanceof AdminApiError ? error.code : undefined;
  return code === 'WIDGET_NOT_FOUND' || code === 'PERMISSION_DENIED' ? code : 'UNREACHABLE';
}

void start();
