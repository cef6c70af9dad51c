import Papa from 'papaparse';

/**
 * A table as CSV (RFC 4180), with a mark by which spreadsheets know UTF-8. A value that a spreadsheet would take for a
 * formula gets an apostrophe in front (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function toCsv(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): Blob {
  const text = Papa.unparse({ fields: headings, data: rows }, { escapeFormulae: true });
  return new Blob(['\ufeff', text, '\r\n'], { type: 'text/csv;charset=utf-8' });
}
