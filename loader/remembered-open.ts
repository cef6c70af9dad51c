/**
 * Whether the widget called `name` is open, kept for the life of the tab so that it opens again on the next page.
 * With `isOpen` it is set first. `undefined` where the page's storage is blocked.
 */
export function rememberOpen(name: string, isOpen?: boolean): unknown {
  try {
    if (isOpen) sessionStorage[name] = 'open';
    else if (isOpen === false) delete sessionStorage[name];
    return sessionStorage[name];
  } catch {
    return undefined;
  }
}
