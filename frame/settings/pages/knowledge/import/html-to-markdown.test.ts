import { expect, test } from 'vitest';
import { htmlToMarkdown } from './html-to-markdown.ts';

const bodyOf = (html: string) => htmlToMarkdown(html).body;

test.each([
  ['<h1>Returns</h1><p>Within <b>60 days</b>.</p>', '# Returns\n\nWithin **60 days**.'],
  ['<p>one<p>two', 'one\n\ntwo'],
  ['<p>a <em> b </em>c</p>', 'a *b* c'],
  ['<p>first<br>second</p>', 'first  \nsecond'],
  ['<ul><li>one<li>two<ol><li>deep</ol></ul>', '- one\n- two\n\n  1. deep'],
  ['<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
  ['<pre><code>if (a &lt; b) {\n  *c* = `d`;\n}</code></pre>', '```\nif (a < b) {\n  *c* = `d`;\n}\n```'],
  ['<p>run <code>a`b</code></p>', 'run ``a`b``'],
  ['<table><tr><th>Size<th>EU<tr><td>S<td>36 | 37</table>', '| Size | EU |\n| --- | --- |\n| S | 36 \\| 37 |'],
  ['<p>See <a href="https://shop.example/a_(b)">our page</a></p>', 'See [our page](https://shop.example/a_%28b%29)'],
  ['<p>Look <img alt="a map" src="x.png"></p>', 'Look a map'],
  ['a<hr>b', 'a\n\n---\n\nb'],
  ['<dl><dt>Open</dt><dd>9 to 5</dd></dl>', '**Open**\n\n9 to 5'],
  ['5 &times; 3 &euro;&nbsp;&amp; more', '5 × 3 €\u00a0& more'],
])('reads %s', (html, markdown) => {
  expect(bodyOf(html)).toBe(markdown);
});

test.each([
  ['<p>*not* emphasis</p>', '\\*not\\* emphasis'],
  ['<p># no heading</p>', '\\# no heading'],
  ['<p>1. no list</p>', '1\\. no list'],
  ['<p>- no list</p>', '\\- no list'],
  ['<p>[no](https://evil.example) link</p>', '\\[no](https://evil.example) link'],
  ['<p>&lt;b&gt;no tag&lt;/b&gt;</p>', '\\<b>no tag\\</b>'],
  ['<p>snake_case _no_</p>', 'snake_case \\_no\\_'],
])('keeps the words of %s words', (html, markdown) => {
  expect(bodyOf(html)).toBe(markdown);
});

test.each([
  '<script>alert(1)</script>',
  '<style>p{color:red}</style>',
  '<svg><script>alert(1)</script><text>x</text></svg>',
  '<nav><a href="https://a.example">Home</a></nav>',
  '<iframe src="https://evil.example">x</iframe>',
  '<p hidden>x</p>',
  '<!-- a comment -->',
  '<template><p>x</p></template>',
  '<form><input value="x"><button>Go</button></form>',
])('drops %s', (html) => {
  expect(bodyOf(`<p>before</p>${html}<p>after</p>`)).toBe('before\n\nafter');
});

test.each([
  'javascript:alert(1)',
  ' java\nscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  '/relative',
  '#top',
  'file:///etc/passwd',
])('leaves only the words of a link to %j', (href) => {
  expect(bodyOf(`<p><a href="${href}" onclick="alert(1)">words</a></p>`)).toBe('words');
});

test('reads only the main part of a page that says which that is', () => {
  const page = '<title> The\n page </title><header>Shop</header><main><p>Text</p></main><footer>©</footer>';
  expect(htmlToMarkdown(page)).toEqual({ title: 'The page', body: 'Text' });
});

test('is not led astray by tags that never close or open', () => {
  expect(bodyOf('</div></p><b>a<i>b</b>c</ul><li>d')).toContain('a');
  expect(bodyOf('<p>a < b & c > d</p>')).toBe('a < b & c > d');
});

test('keeps the words of elements that stand deeper than anybody writes', () => {
  const deep = `${'<blockquote>'.repeat(20_000)}words${'</blockquote>'.repeat(20_000)}`;
  const body = bodyOf(deep);
  expect(body).toContain('words');
  expect(body.length).toBeLessThan(200);
});
