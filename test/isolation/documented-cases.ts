import type { IsolationCase } from './case-catalogue.ts';
import { CLAIMS } from './claims.ts';

/** The rows of the table of promises in `docs/isolation.md`. */
export function claimRows(): string[] {
  return Object.entries(CLAIMS).map(([id, { promise, control }]) => `| ${id} | ${promise} | ${control} |`);
}

/** A case's row in `docs/isolation.md`; files of `test/isolation/` are named without their folder. */
export function caseRow({ id, claims, title, where, notRun }: IsolationCase): string {
  const files = where.map((file) => `\`${file.replace(/^test\/isolation\//, '')}\``);
  return `| ${id} | ${claims.join(', ')} | ${title} | ${notRun === undefined ? files.join(', ') : `not run: ${notRun}`} |`;
}
