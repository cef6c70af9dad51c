import { randomUUID } from 'node:crypto';
import type { Browser, Frame } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../isolation/eventually.ts';
import { type SettingsStage, startSettingsStage } from '../../isolation/settings-stage.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type FurnishedWidget, furnishWidget } from './furnished-widget.ts';
import { type OpenedView, openAs, publish } from './open-as.ts';

let stage: SettingsStage;
let browser: Browser;
let furnished: FurnishedWidget;
let opened: OpenedView;
let view: Frame;

beforeAll(async () => {
  stage = await startSettingsStage();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await stage.stop();
});
beforeEach(async () => {
  furnished = await furnishWidget(stage.casement);
  opened = await openAs(stage, browser, { company: furnished.company, role: 'owner' });
  ({ view } = opened);
  return () => opened.close();
});

const APPEARANCE = { route: 'appearance', ready: 'One accent' };
const ASSISTANT = { route: 'assistant', ready: 'Said at the end of an answer' };
const accent = () => view.getByLabel('Accent', { exact: true });
const instructions = () => view.getByRole('textbox', { name: 'Instructions' });
const settings = async () => (await furnished.askAs('owner', { path: '/settings' })).json;

/** Edits on two pages, of which the second stays open. */
async function edit(): Promise<void> {
  await opened.go(APPEARANCE);
  await accent().fill('#7a00ff');
  await opened.go(ASSISTANT);
  await instructions().fill('Be brief.');
  await view.getByText('2 unpublished changes').waitFor();
}

async function expectEveryEdit(): Promise<void> {
  expect(await instructions().inputValue()).toBe('Be brief.');
  await opened.go(APPEARANCE);
  expect(await accent().inputValue()).toBe('#7a00ff');
  await view.getByText('2 unpublished changes').waitFor();
}

/** The dashboard has another token from now on, says so, and is asked for it. */
async function signInAgain(token: string): Promise<void> {
  const asked = () => opened.inDashboard<number>('asked');
  await opened.setToken(token);
  const before = await asked();
  await opened.inDashboard('view.signedIn()');
  await eventually(asked).toBeGreaterThan(before);
}

const ownersToken = () => stage.token({ company: furnished.company, role: 'owner' });
const viewersToken = () => stage.token({ company: furnished.company, role: 'viewer' });

async function expectPublished(): Promise<void> {
  await eventually(() => opened.inDashboard('said.filter(([name]) => name === "saved").length')).toBe(1);
  expect((await settings()).settings).toMatchObject({
    theme: { primary: '#7a00ff' },
    assistant: { instructions: 'Be brief.' },
  });
}

test('a role that is lowered in the middle of an edit -> the publish is refused in words, and every edit stays', async () => {
  await edit();
  const before = await settings();
  await signInAgain(await viewersToken());
  await publish(view);
  const dialog = view.getByRole('dialog');
  await dialog.getByText('Not published yet').waitFor();
  await dialog.getByText('The role "viewer" has no permission "settings:write".').waitFor();
  await dialog.getByText('Your changes are safe here.').waitFor();
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  await expectEveryEdit();
  expect((await settings()).version).toBe(before.version);

  // The dashboard says nothing this time: whoever was refused is asked for a token anew.
  await opened.setToken(await ownersToken());
  await publish(view);
  await expectPublished();
});

test('a role that is lowered while an article is written -> the save is refused in words, and the text stays', async () => {
  await opened.go({ route: 'knowledge/returns', ready: 'by ada' });
  const text = view.getByLabel('Text', { exact: true });
  await text.fill('Within 90 days.');
  await signInAgain(await viewersToken());
  const save = view.getByRole('button', { name: 'Save article' });
  await save.click();
  await view.getByText('The article is not saved yet').waitFor();
  await view
    .getByText('The role "viewer" has no permission "knowledge:write". What you wrote is still here.')
    .waitFor();
  expect(await text.inputValue()).toBe('Within 90 days.');

  await opened.setToken(await ownersToken());
  await save.click();
  await view.getByText('The assistant knows it from now on.').waitFor();
  const { json } = await furnished.askAs('viewer', { path: '/knowledge/returns' });
  expect(json.body).toBe('Within 90 days.');
});

test('a role that is lowered before a rotation -> no key is made, and the reason that was given stays', async () => {
  await opened.go({ route: 'keys', ready: 'The last ones.' });
  const rotations = async () => (await furnished.askAs('owner', { path: '/rotations' })).json.rotations.length;
  const before = await rotations();
  await view.getByRole('button', { name: 'Rotate the signing key' }).click();
  await view.getByLabel('Reason').fill('The agency left');
  await signInAgain(await stage.token({ company: furnished.company, role: 'admin' }));
  await view.getByRole('button', { name: 'Make a new key' }).click();
  const dialog = view.getByRole('dialog');
  await dialog.getByText('The role "admin" has no permission "keys:rotate-secret"').waitFor();
  expect(await view.getByLabel('Reason').inputValue()).toBe('The agency left');
  expect(await rotations()).toBe(before);
});

test('a token of another company -> nothing is made in either, every edit stays, and goes on with the right one', async () => {
  await edit();
  const before = await settings();
  const { company: stranger } = await furnishWidget(stage.casement);
  const token = await stage.token({ company: stranger, role: 'owner' });
  const versionOfTheirs = async () => (await furnished.askAs('owner', { path: '/settings', token })).json.version;
  expect(await versionOfTheirs()).toBe(before.version);
  await signInAgain(token);
  await publish(view);
  const dialog = view.getByRole('dialog');
  await dialog.getByText('Your sign-in is of another company now, and the widget you edited is not in it.').waitFor();
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  await expectEveryEdit();
  expect((await settings()).version).toBe(before.version);
  // Theirs has the same name and the same version, so that the server alone would have taken it.
  expect(await versionOfTheirs()).toBe(before.version);

  await signInAgain(await ownersToken());
  await publish(view);
  await expectPublished();
});

test('a token for another application -> the sign-in has ended, every edit stays, and goes on with the right one', async () => {
  await edit();
  await signInAgain(await stage.token({ company: furnished.company }, { aud: 'another-application' }));
  await publish(view);
  await view.getByText('Your sign-in has ended').waitFor();
  await view.getByText('Your unpublished changes are safe here.').waitFor();
  expect(opened.calls.at(-1)).toMatch(/ 401$/);
  expect(await instructions().inputValue()).toBe('Be brief.');
  await view.getByText('2 unpublished changes').waitFor();

  // The publish that waited goes on by itself.
  await signInAgain(await ownersToken());
  await expectPublished();
  await view.getByText('Your sign-in has ended').waitFor({ state: 'detached' });
});

test('a draft that was left in a higher role -> stays, and says who can publish it', async () => {
  await opened.go({ route: 'limits', ready: 'A limit that is reached' });
  await view.getByLabel('For one visitor').fill('7');
  await eventually(async () => (await furnished.askAs('owner', { path: '/draft' })).json.draft).not.toBeNull();
  const asEditor = await openAs(stage, browser, { company: furnished.company, role: 'editor' });
  await asEditor.view.getByRole('button', { name: 'Go on with it' }).click();
  const review = asEditor.view.getByRole('button', { name: 'Review and publish' });
  expect(await review.getAttribute('aria-disabled')).toBe('true');
  await asEditor.view.getByText('Your role is editor. This needs an owner or an admin.').first().waitFor({
    state: 'attached',
  });
  await asEditor.close();
});

test('a widget that is not made yet -> an admin who edits it is told that an owner publishes first', async () => {
  const asAdmin = await openAs(stage, browser, { company: randomUUID(), role: 'admin' });
  await asAdmin.go(ASSISTANT);
  await asAdmin.view.getByRole('textbox', { name: 'Instructions' }).fill('Be brief.');
  const review = asAdmin.view.getByRole('button', { name: 'Review and publish' });
  expect(await review.getAttribute('aria-disabled')).toBe('true');
  const reason = asAdmin.view.locator(`[id="${await review.getAttribute('aria-describedby')}"]`);
  expect(await reason.textContent()).toBe('Your role is admin. This needs an owner.');
  await asAdmin.close();
});
