const added = new Set<string>();

/**
 * Adds the rules of a page that came later, once. They travel with its code as text; a constructed sheet needs no leave
 * of the Content-Security-Policy.
 */
export function addStyles(rules: string): void {
  if (added.has(rules)) return;
  added.add(rules);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
