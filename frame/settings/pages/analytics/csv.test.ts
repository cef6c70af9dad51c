import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

const textOf = (blob: Blob) => blob.text();

test('writes headings and rows, and quotes what would break a row', async () => {
  const csv = await textOf(toCsv(['Site', 'Messages'], [['a,"b"\nc', 3]]));
  expect(csv).toBe('Site,Messages\r\n"a,""b""\nc",3\r\n');
});

test.each(['=HYPERLINK("https://evil.example")', '+1', '-1+2', '@SUM(A1)', '\t=1', '\r=1'])(
  'leaves %j no formula',
  async (hostile) => {
    const [, row = ''] = (await textOf(toCsv(['Site'], [[hostile]]))).split('\r\n');
    expect(row.replace(/^"/, '')).toMatch(/^'/);
  },
);
