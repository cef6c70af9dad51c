import tokens from './late-tokens.css' with { type: 'text' };
import markdown from './markdown.css' with { type: 'text' };
import transcript from './transcript.css' with { type: 'text' };
import views from './views.css' with { type: 'text' };

/**
 * Adds the rules of what comes later than the first sight. They travel with its code, so that the panel can be typed
 * into sooner; a constructed sheet needs no leave of the Content-Security-Policy.
 */
export function addLateStyles(page: Document): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens + views + transcript + markdown);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
}
