import type { Frame } from 'playwright-core';
import type { Permission } from '../../../shared/permission.ts';

/** A page of the settings view, or a part of one that is opened by itself. */
export type Screen = {
  /** As the dashboard names it. */
  readonly route: string;
  /** What stands there once it is whole. */
  readonly ready: string | RegExp;
  /** What has to be pressed after the page has opened. */
  readonly open?: (view: Frame) => Promise<void>;
};

/** What a control needs; `undefined` for what only reads, which everybody may whom the page is for. */
type Need = Permission | undefined;

/**
 * Every screen of the view as it is with a furnished widget, and what each of its controls needs: by the name of the
 * control, the first that fits. Fields of settings are not listed, because they say themselves what they change.
 */
export const SCREENS: readonly (Screen & { readonly needs: readonly (readonly [RegExp, Need])[] })[] = [
  {
    route: '',
    ready: 'One line before </body>',
    needs: [[/^(Always current|One version|Copy the snippet|All numbers|Open Sites)/, undefined]],
  },
  {
    route: 'appearance',
    ready: 'the nearest that passes',
    needs: [[/^(Pick a colour|Use #[0-9a-f]{6})/, 'settings:write-appearance']],
  },
  {
    route: 'texts',
    ready: 'Stands in where another language has no text',
    needs: [
      [/^Texts in$/, undefined],
      [/^(Add a language|Add a question|Remove question \d)$/, 'settings:write-texts'],
    ],
  },
  {
    route: 'texts/pt',
    ready: 'Make it the default',
    needs: [
      [/^Texts in$/, undefined],
      [/^(Add a |Make it the default|Remove )/, 'settings:write-texts'],
    ],
  },
  { route: 'assistant', ready: 'Said at the end of an answer', needs: [[/^See what it can cite$/, undefined]] },
  {
    route: 'knowledge',
    ready: 'opening-hours',
    needs: [
      [/^(New article|Import files|Delete )/, 'knowledge:write'],
      [/^(Articles|Ask as|Found nothing|Search titles|Export all|Opening hours|Returns)/, undefined],
    ],
  },
  {
    route: 'knowledge',
    ready: 'Opening hours: ask us.',
    async open(view) {
      await view.getByRole('tab', { name: 'Ask as a visitor would' }).click();
      await view.getByRole('textbox', { name: 'Question' }).fill('What are your opening hours?');
      await view.getByRole('button', { name: 'Ask', exact: true }).click();
    },
    needs: [
      [/^New article$/, 'knowledge:write'],
      [/^(Articles|Ask|Found nothing|Question|Open )/, undefined],
    ],
  },
  {
    route: 'knowledge',
    ready: 'Do you wrap gifts?',
    open: (view) => view.getByRole('tab', { name: /^Found nothing/ }).click(),
    needs: [
      [/^(New article|Write an article|Dismiss )/, 'knowledge:write'],
      [/^(Articles|Ask as|Found nothing)/, undefined],
    ],
  },
  {
    route: 'knowledge/opening-hours',
    ready: 'by ada',
    needs: [
      [/^(Save article|Delete)$/, 'knowledge:write'],
      [/^(All articles$|Show: )/, undefined],
    ],
  },
  {
    route: 'knowledge/_new',
    ready: 'Not saved yet',
    needs: [
      [/^Save article$/, 'knowledge:write'],
      [/^(All articles$|Show: )/, undefined],
    ],
  },
  {
    route: 'sites',
    ready: 'https://new.example',
    needs: [[/^(Site|Allow|Allow this site: .*|Remove https:.*)$/, 'settings:write-sites']],
  },
  {
    route: 'keys',
    ready: 'The last ones.',
    needs: [
      [/^(Rotate the public key|Revoke PUB_.*)$/, 'keys:rotate-public'],
      [/^(Rotate the (signing|identity) key|Revoke .*)$/, 'keys:rotate-secret'],
    ],
  },
  { route: 'limits', ready: 'What visitors agree to', needs: [] },
  {
    route: 'analytics',
    ready: 'The CSV has all.',
    needs: [[/^(Period: |Download CSV|What is shown|Show )/, undefined]],
  },
  {
    route: 'history',
    ready: 'Fewer messages',
    needs: [
      [/^Restore version 1$/, 'settings:restore'],
      [/^Changes of version \d$/, undefined],
    ],
  },
  {
    route: 'history/1',
    ready: 'What version 1 changed',
    needs: [
      [/^Restore version 1$/, 'settings:restore'],
      [/^(Close|Compare|Compare with version|Changes of version \d)$/, undefined],
    ],
  },
  { route: 'audit', ready: 'The log is as it was written', needs: [[/^(Act|Person|From|To|Show more)$/, undefined]] },
];
