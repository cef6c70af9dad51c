import { Int32 } from 'bson';
import { regexParts } from '../bson-value/compare-values.ts';
import type { Document } from '../bson-value/document.ts';
import { compileRegex } from '../match/regex.ts';
import { isNullish } from './argument.ts';
import type { ExpressionCompiler, Scope, SpecialForm } from './expression-scope.ts';
import { namedArguments } from './special-forms.ts';
import { requireText } from './string-functions.ts';

type Names = { required: readonly string[]; optional?: readonly string[] };
type Match = { match: string; idx: Int32; captures: (string | null)[] };

/** What `$trim` cuts when no characters are named: NUL and white space. */
const BLANK = new Set([
  '\0',
  ...' \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
]);

/** String operators with named arguments. */
export const STRING_FORMS: Record<string, SpecialForm> = {
  $trim: trimForm('$trim', { start: true, end: true }),
  $ltrim: trimForm('$ltrim', { start: true, end: false }),
  $rtrim: trimForm('$rtrim', { start: false, end: true }),
  $replaceOne: replaceForm('$replaceOne', (text, find, replacement) => text.replace(find, () => replacement)),
  $replaceAll: replaceForm('$replaceAll', (text, find, replacement) => text.replaceAll(find, () => replacement)),
  $regexMatch: regexForm('$regexMatch', (text, expression) => expression.test(text), false),
  $regexFind: regexForm('$regexFind', (text, expression) => findAll(text, expression)[0] ?? null, null),
  $regexFindAll: regexForm('$regexFindAll', findAll, []),
};

/** Compiles each named argument; absent ones evaluate to undefined. */
export function compileNamed(
  operator: string,
  names: Names,
  argument: unknown,
  compiler: ExpressionCompiler,
): (scope: Scope) => Document {
  const fields = Object.entries(namedArguments(operator, argument, names));
  const compiled = fields.map(([name, value]) => [name, compiler.compile(value)] as const);
  return (scope) => Object.fromEntries(compiled.map(([name, evaluate]) => [name, evaluate(scope)]));
}

function trimForm(operator: string, ends: { start: boolean; end: boolean }): SpecialForm {
  return (argument, compiler) => {
    const evaluate = compileNamed(operator, { required: ['input'], optional: ['chars'] }, argument, compiler);
    return (scope) => {
      const given = evaluate(scope);
      if (isNullish(given.input) || given.chars === null) return null;
      const cut = given.chars === undefined ? BLANK : new Set(requireText(operator, given.chars));
      const points = [...requireText(operator, given.input)];
      const first = ends.start ? points.findIndex((point) => !cut.has(point)) : 0;
      if (first === -1) return '';
      const last = ends.end ? points.findLastIndex((point) => !cut.has(point)) : points.length - 1;
      return points.slice(first, last + 1).join('');
    };
  };
}

function replaceForm(
  operator: string,
  replace: (text: string, find: string, replacement: string) => string,
): SpecialForm {
  return (argument, compiler) => {
    const names = { required: ['input', 'find', 'replacement'] };
    const evaluate = compileNamed(operator, names, argument, compiler);
    return (scope) => {
      const { input, find, replacement } = evaluate(scope);
      if (isNullish(input) || isNullish(find) || isNullish(replacement)) return null;
      const texts = [input, find, replacement].map((value) => requireText(operator, value));
      return replace(texts[0] ?? '', texts[1] ?? '', texts[2] ?? '');
    };
  };
}

function regexForm(
  operator: string,
  search: (text: string, expression: RegExp) => unknown,
  whenNull: unknown,
): SpecialForm {
  return (argument, compiler) => {
    const names = { required: ['input', 'regex'], optional: ['options'] };
    const evaluate = compileNamed(operator, names, argument, compiler);
    return (scope) => {
      const { input, regex, options } = evaluate(scope);
      if (isNullish(input) || isNullish(regex)) return whenNull;
      const parts = regexParts(regex) ?? { pattern: requireText(operator, regex), options: '' };
      const flags = isNullish(options) ? parts.options : requireText(operator, options);
      return search(requireText(operator, input), compileRegex(parts.pattern, flags));
    };
  };
}

/** Indexes are in code points. */
function findAll(text: string, expression: RegExp): Match[] {
  const everywhere = new RegExp(expression.source, `${expression.flags}g`);
  return [...text.matchAll(everywhere)].map((found) => ({
    match: found[0],
    idx: new Int32([...text.slice(0, found.index)].length),
    captures: found.slice(1).map((capture) => capture ?? null),
  }));
}
