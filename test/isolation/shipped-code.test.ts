import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findDangerousCode } from './find-dangerous-code.ts';

const ASSETS = fileURLToPath(new URL('../../dist/assets/', import.meta.url));
const SCRIPTS = readdirSync(ASSETS).filter((file) => file.endsWith('.js'));

describe('case 34: the scan of shipped code', () => {
  test.each([
    ['a message to any origin', `parent.postMessage(a,'*')`, 'postMessage to *'],
    ['a message to any origin in a template', 'w.contentWindow.postMessage(a,`*`,[p])', 'postMessage to *'],
    ['a message to any origin by options', `w["postMessage"](a,{targetOrigin:'*'})`, 'postMessage to *'],
    ['markup from text', 'a.innerHTML=b', 'innerHTML'],
    ['markup from text by a computed name', `a['innerHTML']=b`, 'innerHTML'],
    ['markup from text by assignment of a record', 'Object.assign(a,{innerHTML:b})', 'innerHTML'],
    ['markup handed to Preact', 'h("p",{dangerouslySetInnerHTML:{__html:a}})', 'dangerouslySetInnerHTML'],
    ['markup beside an element', `a.insertAdjacentHTML('beforeend',b)`, 'insertAdjacentHTML'],
    ['document.write', 'document.write(a)', 'document.write'],
    ['document.write of another document', 'a.ownerDocument.defaultView.document.write(b)', 'document.write'],
    ['document.domain', `document.domain='a'`, 'document.domain'],
    ['a cookie', 'document.cookie=a', 'document.cookie'],
    ['window.name', 'window.name=a', 'window.name'],
    ['direct eval', 'eval(a)', 'eval'],
    ['indirect eval', '(0,globalThis.eval)(a)', 'eval'],
    ['a function from text', 'new Function(a)', 'Function'],
    ['markup pasted', `document.execCommand('insertHTML',false,a)`, 'execCommand'],
    ['a timer with text', `setTimeout('a()',1)`, 'code as text'],
    ['a script URL', `a.href='javascript:b()'`, 'script URL'],
    ['lasting storage', `localStorage.setItem('token',a)`, 'localStorage'],
    ['lasting storage taken apart', 'const{localStorage:a}=window', 'localStorage'],
    ['a host page steered', 'top.location=a', 'top.location'],
    ['a computed import', 'import(a)', 'import of a computed address'],
  ])('finds %s', (_what, source, expected) => {
    expect(findDangerousCode(source).map(({ what }) => what)).toContain(expected);
  });

  test.each([
    ['a message to one origin', 'parent.postMessage(a,o)'],
    ['a message over a port', 'p.postMessage(a)'],
    ['words in a longer string', `a('never use innerHTML or eval')`],
    ['a name that is not a window’s', 'a.name=b'],
    ['a copy to the clipboard', `document.execCommand('copy')`],
    ['a timer with a function', 'setTimeout(()=>a(),1)'],
    ['a star that is no origin', `a.startsWith('*')`],
  ])('lets %s pass', (_what, source) => {
    expect(findDangerousCode(source)).toEqual([]);
  });
});

test('case 34: the loader and the frame were built', () => {
  expect(SCRIPTS).toContainEqual(expect.stringMatching(/^loader-/));
  expect(SCRIPTS).toContainEqual(expect.stringMatching(/^frame-/));
});

test.each(SCRIPTS)('case 34: shipped file %s posts to no wildcard and makes no text into markup or code', (file) => {
  expect(findDangerousCode(readFileSync(`${ASSETS}${file}`, 'utf8'))).toEqual([]);
});
