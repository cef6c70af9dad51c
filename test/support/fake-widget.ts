import * as v from 'valibot';
import type { Role } from '../../shared/permission.ts';
import { createPublicKey } from '../../shared/public-key.ts';
import { DEFAULT_SETTINGS, type Settings, settingsSchema } from '../../shared/settings.ts';
import type { Actor, SavedVersion, SettingsAnswer } from '../../shared/settings-api.ts';
import { FakeRefusal, NOTHING } from './fake-answer.ts';
import type { AdminRequest } from './fake-settings-api.ts';

/** A widget that is saved, conflicts, restores and keeps a draft as the server's does, in memory. */
export type FakeWidget = {
  readonly versions: SavedVersion[];
  draft: { baseVersion: number; settings: Record<string, unknown>; savedAt: string } | null;
  /** Who asks. */
  role: Role;
  current(): SettingsAnswer;
  /** As if somebody else had published. */
  publish(change: (settings: Settings) => Settings, by?: Actor): void;
  /** `undefined` for what it does not know. */
  answer(request: AdminRequest): unknown;
};

export const FAKE_SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  locales: { en: { ...DEFAULT_SETTINGS.locales.en, name: 'Harbour Outfitters', launcherLabel: 'Open the chat' } },
  allowlist: ['https://shop.harbour.example'],
};

const SAVED_AT = '2026-03-12T14:02:00.000Z';

export function createFakeWidget(settings: Settings = FAKE_SETTINGS, role: Role = 'owner'): FakeWidget {
  const widget: FakeWidget = {
    role,
    draft: null,
    versions: [{ version: 1, savedAt: SAVED_AT, savedBy: { subject: 'ada', role: 'owner' }, note: '', settings }],
    current() {
      const { version, savedAt, savedBy, note, settings: now } = latest(widget);
      const publicKeys = [{ publicKey: createPublicKey('FRAME1FRAME1FRAME1FRAM'), state: 'active' as const }];
      const you = { subject: 'ada', role: widget.role };
      return { widget: 'main', version, settings: now, savedAt, savedBy, note, publicKeys, warnings: [], you };
    },
    publish(change, by = { subject: 'grace', role: 'admin' }) {
      append(widget, change(latest(widget).settings), { savedBy: by, note: '' });
    },
    answer: (request) => answerFor(widget, request),
  };
  return widget;
}

function answerFor(widget: FakeWidget, { method, path, body }: AdminRequest): unknown {
  const restored = /^\/settings\/versions\/(\d+)\/restore$/.exec(path)?.[1];
  const version = /^\/settings\/versions\/(\d+)$/.exec(path)?.[1];
  if (method === 'GET' && path === '/settings') return widget.current();
  if (method === 'POST' && path === '/settings') return save(widget, body, {});
  if (method === 'GET' && version !== undefined) return versionOf(widget, version);
  if (method === 'POST' && restored !== undefined) {
    const { settings } = versionOf(widget, restored);
    return save(widget, { ...body, settings }, { restoredFrom: Number(restored) });
  }
  if (path !== '/draft') return undefined;
  if (method === 'GET') return { draft: widget.draft };
  widget.draft = method === 'PUT' ? { ...body, savedAt: SAVED_AT } : null;
  return method === 'PUT' ? { savedAt: SAVED_AT } : NOTHING;
}

type Saved = { expectedVersion: number; settings: unknown; note: string };

function save(widget: FakeWidget, { expectedVersion, settings, note }: Saved, more: object): unknown {
  const current = latest(widget);
  if (expectedVersion !== current.version) {
    const expected = widget.versions.find(({ version }) => version === expectedVersion);
    return new FakeRefusal('SETTINGS_CONFLICT', {
      conflict: { expectedVersion, expected, currentVersion: current.version, current },
    });
  }
  const result = v.safeParse(settingsSchema, settings);
  if (!result.success) {
    const problems = result.issues.map((issue) => ({ field: v.getDotPath(issue) ?? '', message: issue.message }));
    return new FakeRefusal('INVALID_REQUEST', { problems });
  }
  append(widget, result.output, { savedBy: { subject: 'ada', role: widget.role }, note, ...more });
  return { ...widget.current(), normalised: [] };
}

function append(widget: FakeWidget, settings: Settings, more: Pick<SavedVersion, 'savedBy' | 'note'>): void {
  widget.versions.push({ version: latest(widget).version + 1, savedAt: SAVED_AT, settings, ...more });
}

function latest({ versions }: FakeWidget): SavedVersion {
  const last = versions.at(-1);
  if (last === undefined) throw new Error('A fake widget has a version');
  return last;
}

function versionOf({ versions }: FakeWidget, number: string): SavedVersion {
  const found = versions.find(({ version }) => version === Number(number));
  if (found === undefined) throw new Error(`There is no version ${number}`);
  return found;
}
