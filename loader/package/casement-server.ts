/** What the package is outside a browser, so that code for both can import it: there is no page to draw on. */
export function boot(): never {
  throw new TypeError('boot() draws on a page: call it in a browser, such as in an effect of your framework');
}

/** The same for the settings view. */
export function mountSettings(): never {
  throw new TypeError('mountSettings() draws on a page: call it in a browser, such as in an effect of your framework');
}
