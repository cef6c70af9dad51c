const SECRET_NAMES = /SECRET|KEY|TOKEN|PASSWORD/;
const SHORTEST = 8;

/**
 * Text without any secret of the environment: the value of every variable that is one by its name, each key of a list,
 * and the user name and password of every address.
 */
export function hideSecrets(text: string, environment: Readonly<Record<string, string | undefined>>): string {
  const values = Object.entries(environment)
    .filter(([name]) => SECRET_NAMES.test(name))
    .flatMap(([, value = '']) => [value, ...value.split(',').map((entry) => entry.trim().replace(/^v\d+:/, ''))])
    .filter((value) => value.length >= SHORTEST)
    // The longest first, so that no part of it is left.
    .sort((one, other) => other.length - one.length);
  const withoutValues = values.reduce((hidden, value) => hidden.replaceAll(value, '***'), text);
  return withoutValues.replaceAll(/\/\/[^/@\s"]+@/g, '//***@');
}
