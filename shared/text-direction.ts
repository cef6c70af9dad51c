const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** How a language of this tag (RFC 5646) is written, as the `dir` attribute says it. */
export function textDirection(locale: string): 'ltr' | 'rtl' {
  const [language = ''] = locale.split('-');
  return RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
}
