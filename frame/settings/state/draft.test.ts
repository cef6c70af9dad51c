import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { createDraft } from './draft.ts';

const create = () => createDraft({ settings: DEFAULT_SETTINGS, version: 3 });
const primary = (colour: string) => (theme: typeof DEFAULT_SETTINGS.theme) => ({ ...theme, primary: colour });

describe('the draft', () => {
  test('knows what changed, and forgets it when it is changed back', () => {
    const draft = create();
    draft.edit('theme', primary('#7a00ff'));
    expect(draft.changes.value).toMatchObject([{ path: 'theme.primary', before: '#0059ff', after: '#7a00ff' }]);
    draft.edit('theme', primary('#0059ff'));
    expect(draft.changes.value).toEqual([]);
  });

  test('counts a setting of several parts once', () => {
    const draft = create();
    draft.edit('persistence', () => ({ kind: 'days', days: 30 }));
    expect(draft.count.value).toBe(1);
  });

  test.each<[string, string, (draft: ReturnType<typeof create>) => void]>([
    ['theme.primary', 'Needed: a colour such as "#0059ff".', (draft) => draft.edit('theme', primary('#12'))],
    ['theme.radius', 'The most is 40.', (draft) => draft.edit('theme', (now) => ({ ...now, radius: 41 }))],
    ['theme.radius', 'Use a number.', (draft) => draft.edit('theme', (now) => ({ ...now, radius: Number.NaN }))],
    ['theme.radius', 'Use a whole number.', (draft) => draft.edit('theme', (now) => ({ ...now, radius: 1.5 }))],
    [
      'locales.en.greeting',
      'Fill this in.',
      (draft) => draft.edit('locales', ({ en }) => ({ en: { ...en, greeting: ' ' } })),
    ],
    [
      'locales.en.name',
      'Shorten this to 60 characters or fewer.',
      (draft) => draft.edit('locales', ({ en }) => ({ en: { ...en, name: 'a'.repeat(61) } })),
    ],
  ])('says of %s: %s', (path, sentence, edit) => {
    const draft = create();
    expect(draft.problems.value).toEqual([]);
    edit(draft);
    expect(draft.problemOf(path)).toBe(sentence);
  });

  test('keeps what the server refused until that field is edited', () => {
    const draft = create();
    draft.refuse([
      { field: 'theme.primary', message: 'Not ours.' },
      { field: 'allowlist.0', message: 'No such host.' },
    ]);
    draft.edit('theme', (now) => ({ ...now, radius: 3 }));
    expect(draft.problems.value).toHaveLength(2);
    draft.edit('theme', primary('#7a00ff'));
    expect(draft.problems.value).toEqual([{ field: 'allowlist.0', message: 'No such host.' }]);
  });

  test('goes on from another version', () => {
    const draft = create();
    const theirs = { ...DEFAULT_SETTINGS, defaultLocale: 'en', launcher: { icon: 'spark' as const } };
    const mine = { ...theirs, theme: { ...theirs.theme, primary: '#7a00ff' } };
    draft.replace(mine, { settings: theirs, version: 4 });
    expect(draft.baseVersion.value).toBe(4);
    expect(draft.changes.value.map(({ path }) => path)).toEqual(['theme.primary']);
  });
});
