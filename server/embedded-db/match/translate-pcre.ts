/** PCRE escapes with no JavaScript counterpart of the same spelling. */
const ESCAPES: Record<string, string> = {
  A: '(?<![\\s\\S])',
  z: '(?![\\s\\S])',
  Z: '(?=\\n?(?![\\s\\S]))',
  h: '[\\t\\u0020\\u00a0]',
  R: '(?:\\r\\n|[\\n\\v\\f\\r])',
  a: '\\x07',
  e: '\\x1b',
};

const POSIX_CLASSES: Record<string, string> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  punct: '!-\\/:-@\\[-`\\{-~',
  word: '\\w',
  xdigit: '0-9a-fA-F',
};

type Step = { text: string; length: number };

/**
 * Rewrites a PCRE pattern for JavaScript: leading inline options, `\A \z \Z \Q..\E \h \R`, POSIX classes, free spacing (`x`),
 * and `$`, which in PCRE also matches before a final line break. The rest of the two languages agrees or fails to compile.
 */
export function translatePcre(pattern: string, options: string): { source: string; flags: string } {
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  const flags = new Set(`${options}${inline?.[1] ?? ''}`);
  const body = pattern.slice(inline?.[0].length ?? 0);
  let source = '';
  for (let at = 0; at < body.length; ) {
    const step = nextStep(body, at, flags);
    source += step.text;
    at += step.length;
  }
  return { source, flags: [...flags].filter((flag) => 'ims'.includes(flag)).join('') };
}

function nextStep(body: string, at: number, flags: ReadonlySet<string>): Step {
  const character = body.charAt(at);
  if (character === '\\') return escapeStep(body, at);
  if (character === '[') return classStep(body, at);
  if (character === '$' && !flags.has('m')) return { text: '(?=\\n?(?![\\s\\S]))', length: 1 };
  if (flags.has('x') && /\s/.test(character)) return { text: '', length: 1 };
  if (flags.has('x') && character === '#') return { text: '', length: commentLength(body, at) };
  return { text: character, length: 1 };
}

function escapeStep(body: string, at: number): Step {
  const name = body.charAt(at + 1);
  if (name === 'Q') return quotedStep(body, at);
  const replacement = Object.hasOwn(ESCAPES, name) ? ESCAPES[name] : undefined;
  return { text: replacement ?? `\\${name}`, length: 2 };
}

function quotedStep(body: string, at: number): Step {
  const end = body.indexOf('\\E', at);
  const stop = end === -1 ? body.length : end;
  const text = body.slice(at + 2, stop).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return { text, length: (end === -1 ? stop : stop + 2) - at };
}

/** A bracketed class, copied with its POSIX names spelled out; a `]` that comes first is a member. */
function classStep(body: string, at: number): Step {
  let end = at + 1;
  let text = '[';
  if (body.charAt(end) === '^') {
    text += '^';
    end += 1;
  }
  const first = end;
  for (; end < body.length; end++) {
    const character = body.charAt(end);
    if (character === ']' && end > first) return { text: `${text}]`, length: end + 1 - at };
    const posix = /^\[:(\w+):\]/.exec(body.slice(end));
    const members = posix?.[1] === undefined ? undefined : POSIX_CLASSES[posix[1]];
    if (posix !== null && members !== undefined) {
      text += members;
      end += posix[0].length - 1;
    } else if (character === '\\') {
      text += body.slice(end, end + 2);
      end += 1;
    } else text += '[]'.includes(character) ? `\\${character}` : character;
  }
  return { text: body.slice(at), length: body.length - at };
}

function commentLength(body: string, at: number): number {
  const end = body.indexOf('\n', at);
  return (end === -1 ? body.length : end + 1) - at;
}
