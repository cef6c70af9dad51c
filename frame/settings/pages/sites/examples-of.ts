export type Examples = {
  readonly admitted: readonly string[];
  readonly refused: readonly { readonly origin: string; readonly why: string }[];
};

/** Origins that the wildcard `entry`, such as `https://*.shop.example`, admits, and look-alikes that it does not. */
export function examplesOf(entry: string): Examples {
  const host = entry.replace('https://*.', '');
  return {
    admitted: [`https://www.${host}`, `https://eu.www.${host}`],
    refused: [
      { origin: `https://${host}`, why: 'the domain itself is another line' },
      { origin: `https://my${host}`, why: 'it only ends in the same letters' },
      { origin: `http://www.${host}`, why: 'it is not https' },
      { origin: `https://www.${host}:8443`, why: 'it has a port of its own' },
    ],
  };
}
