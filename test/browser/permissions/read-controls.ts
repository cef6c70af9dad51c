import type { ElementHandle, Frame } from 'playwright-core';

/** A control as whoever sits before it finds it. */
export type FoundControl = {
  /** Its accessible name; that of a choice begins with the name of its group. */
  readonly name: string;
  /** Where the setting stands that it changes, such as `theme.primary`. */
  readonly path: string | undefined;
  readonly isDisabled: boolean;
  /** Of a text field: whether it takes what is typed. */
  readonly isReadOnly: boolean;
  /** What screen readers say of it beside its name. */
  readonly description: string;
  readonly element: ElementHandle<HTMLElement>;
};

/** Everything in the open page that can be pressed or filled in. The preview beside it is a document of its own. */
export async function readControls(view: Frame): Promise<readonly FoundControl[]> {
  const found: FoundControl[] = [];
  for (const handle of await view.$$('.main :is(button, input:not([type="file"]), textarea, select, a[href])')) {
    const control = await handle.evaluate((node) => {
      const element = node as HTMLInputElement;
      if (element.closest('.preview') !== null || !element.checkVisibility()) return undefined;
      const textOf = (attribute: string, of: Element | null = element) =>
        (of?.getAttribute(attribute) ?? '')
          .split(' ')
          .map((id) => document.getElementById(id)?.textContent ?? '')
          .join(' ')
          .trim();
      const [label] = element.labels ?? [];
      const own = [
        element.ariaLabel,
        textOf('aria-labelledby'),
        label?.querySelector('.choice-label')?.textContent,
        label?.textContent,
        element.textContent,
      ].find((text) => text);
      const group = textOf('aria-labelledby', element.closest('[role="radiogroup"]'));
      return {
        name: `${group && `${group}: `}${own?.replaceAll(/\s+/g, ' ').trim()}`,
        path: element.closest<HTMLElement>('[data-path]')?.dataset.path,
        isDisabled: element.disabled || element.ariaDisabled === 'true',
        isReadOnly: element.readOnly === true,
        description: textOf('aria-describedby'),
      };
    });
    if (control !== undefined) found.push({ ...control, element: handle as ElementHandle<HTMLElement> });
  }
  return found;
}

/** Whether the reason shows once the mouse is over the control. */
export async function showsReason(control: FoundControl): Promise<boolean> {
  const place = (await control.element.evaluateHandle((element) => element.closest('.lock'))).asElement();
  if (place === null) return false;
  await place.hover({ force: true });
  return place.evaluate((lock) => {
    const tip = (lock as Element).querySelector('.tip');
    return tip !== null && getComputedStyle(tip).visibility === 'visible' && tip.getBoundingClientRect().width > 0;
  });
}
