import * as strings from '../../ui/strings.ts';

/** From here on the visitor is told how much room is left. */
const FEW_CHARACTERS = 200;

/** Says how many characters are left, or too many, when it matters; else `undefined`. */
export function describeRoom(left: number): string | undefined {
  if (left > FEW_CHARACTERS) return undefined;
  return left < 0 ? strings.charactersTooMany(-left) : strings.charactersLeft(left);
}
