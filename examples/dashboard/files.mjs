import { readdir, readFile } from 'node:fs/promises';

const here = (path) => new URL(path, import.meta.url);
const CONTENT_TYPES = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };

/** The files of `public/` by path, such as `/dashboard.css`. */
export async function readPublicFiles() {
  const names = await readdir(here('public/'));
  const files = names.map(async (name) => {
    const type = `${CONTENT_TYPES[name.split('.').pop()]}; charset=utf-8`;
    return [`/${name}`, { type, body: await readFile(here(`public/${name}`)) }];
  });
  return new Map(await Promise.all(files));
}

/** Answers how to draw a page of `pages/`: each `{{name}}` in it becomes the value of that name, as text. */
export async function readPages() {
  const names = await readdir(here('pages/'));
  const texts = await Promise.all(names.map((name) => readFile(here(`pages/${name}`), 'utf8')));
  const pages = new Map(names.map((name, index) => [name, texts[index]]));

  function fill(page, values) {
    return pages.get(page).replaceAll(/\{\{(\w+)\}\}/g, (_, name) => escapeHtml(String(values[name] ?? '')));
  }
  return {
    /** A whole page by itself. */
    alone: fill,
    /** A page below the bar that every page has for whoever is signed in. */
    framed: (page, values) => fill('frame.html', values).replace('<!-- page -->', () => fill(page, values)),
  };
}

function escapeHtml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
