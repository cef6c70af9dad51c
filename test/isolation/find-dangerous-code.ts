import { type AnyNode, parse } from 'acorn';
import { full } from 'acorn-walk';

/** One place in shipped code that could break the isolation. */
export type Finding = {
  /** What it is, such as `innerHTML`. */
  readonly what: string;
  /** The code itself and a little of what surrounds it. */
  readonly code: string;
};

/** What turns text into markup or code, or keeps it beyond the tab: forbidden as a name, a key and a string. */
const FORBIDDEN_NAMES = [
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'setHTMLUnsafe',
  'parseHTMLUnsafe',
  'createContextualFragment',
  'srcdoc',
  'DOMParser',
  'eval',
  'localStorage',
  'indexedDB',
];

/** What Preact reads markup from: forbidden as the key of a record and as the target of an assignment. */
const MARKUP_KEYS = ['dangerouslySetInnerHTML', '__html'];

/** What is forbidden only as a property of the object in front of it. */
const FORBIDDEN_PROPERTIES = [
  /^document\.(write|writeln|domain|cookie)$/,
  /^(window|self|globalThis|top|parent|contentWindow)\.name$/,
  /^(top|parent)\.location$/,
];

/**
 * Finds in a shipped script: a message posted to any origin, text made into markup or code, a window named, a host page
 * steered, storage that outlives the tab. It reads the syntax tree of the minified file, so that comments and longer
 * strings do not count and `x['innerHTML']` does. A window under another name escapes it; the sandbox remains for that.
 */
export function findDangerousCode(shipped: string): Finding[] {
  const source = withoutUnreachableMarkup(shipped);
  const findings: Finding[] = [];
  full(parse(source, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
    const what = dangerOf(node as AnyNode);
    if (what === undefined) return;
    findings.push({ what, code: source.slice(Math.max(0, node.start - 40), node.end + 40) });
  });
  return findings;
}

/**
 * Preact can set markup from a record with the key `__html`. That one assignment and the comparison beside it are taken
 * out before the scan: making such a record is a finding, so nothing in the file can reach it, and in the frame Trusted
 * Types would refuse it.
 */
function withoutUnreachableMarkup(source: string): string {
  return source.replace(/\w+\.__html==\w+\.innerHTML/g, '!1').replace(/\w+\.innerHTML=\w+\.__html/g, '0');
}

function dangerOf(node: AnyNode): string | undefined {
  switch (node.type) {
    case 'MemberExpression':
      return forbiddenName(nameOf(node.property, node.computed)) ?? forbiddenProperty(node.object, node.property);
    case 'Identifier':
      return forbiddenName(node.name);
    case 'Property':
      if (nameOf(node.key) === 'targetOrigin' && isAnyOrigin(node.value)) return 'postMessage to *';
      return forbiddenName(nameOf(node.key, node.computed), [...FORBIDDEN_NAMES, ...MARKUP_KEYS]);
    case 'AssignmentExpression':
      return forbiddenName(lastName(node.left), MARKUP_KEYS);
    case 'ObjectPattern':
      return node.properties
        .map((property) => (property.type === 'Property' ? forbiddenName(nameOf(property.key)) : undefined))
        .find((name) => name !== undefined);
    case 'Literal':
      if (typeof node.value !== 'string') return undefined;
      return /^\s*(javascript|vbscript):/i.test(node.value) ? 'script URL' : forbiddenName(node.value);
    case 'CallExpression':
    case 'NewExpression':
      return dangerOfCall(nameOf(node.callee) ?? lastName(node.callee), node.arguments);
    case 'ImportExpression':
      return node.source.type === 'Literal' ? undefined : 'import of a computed address';
    default:
      return undefined;
  }
}

function dangerOfCall(callee: string | undefined, args: readonly AnyNode[]): string | undefined {
  if (callee === 'postMessage' && args.some(isAnyOrigin)) return 'postMessage to *';
  if (callee === 'Function') return 'Function';
  if (callee === 'execCommand' && !args.some((arg) => textOf(arg) === 'copy')) return 'execCommand';
  const isTimer = callee === 'setTimeout' || callee === 'setInterval';
  return isTimer && args[0] !== undefined && textOf(args[0]) !== undefined ? 'code as text' : undefined;
}

function forbiddenName(name: string | undefined, forbidden = FORBIDDEN_NAMES): string | undefined {
  return name !== undefined && forbidden.includes(name) ? name : undefined;
}

function forbiddenProperty(object: AnyNode, property: AnyNode): string | undefined {
  const path = `${lastName(object)}.${nameOf(property)}`;
  return FORBIDDEN_PROPERTIES.some((pattern) => pattern.test(path)) ? path : undefined;
}

function isAnyOrigin(node: AnyNode): boolean {
  return textOf(node) === '*';
}

/** `document` of `document`, and of `x.document`. */
function lastName(node: AnyNode): string | undefined {
  return node.type === 'MemberExpression' ? nameOf(node.property, node.computed) : nameOf(node);
}

function nameOf(node: AnyNode, isComputed = false): string | undefined {
  return node.type === 'Identifier' && !isComputed ? node.name : textOf(node);
}

function textOf(node: AnyNode): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}
