const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/**
 * The first name that an object in `json` has twice, or `undefined`. Of such an object one reader takes the first value
 * and another the last (RFC 8259, 4), so whoever looked at it before us may have seen something else. `json` has to be
 * valid.
 */
export function findRepeatedName(json: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let text = '';
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token !== ':') text = token;
    else {
      // Two ways to write a name are one name.
      const name: string = JSON.parse(text);
      const names = open.at(-1);
      if (names?.has(name)) return name;
      names?.add(name);
    }
  }
  return undefined;
}
