import * as v from 'valibot';
import { REPORTED_DIRECTIVES } from '../../shared/embed-attempts-api.ts';
import { parseOrigin } from '../../shared/origin.ts';
import { type PublicKey, parsePublicKey } from '../../shared/public-key.ts';
import { AppError } from '../errors.ts';
import { readJson } from './parse-body.ts';
import type { RequestContext } from './request-state.ts';

/** What a browser says it has blocked in, or of, one of our frames. */
export type Violation = {
  readonly publicKey: PublicKey;
  readonly directive: (typeof REPORTED_DIRECTIVES)[number];
  /** The origin of what was blocked, or a word such as `inline`; empty for `frame-ancestors`. */
  readonly blocked: string;
};

const REPORT_MAX_BYTES = 8 * 1024;
const REPORT_TYPE = 'application/csp-report';
const REPORTS_TYPE = 'application/reports+json';
const MOST_REPORTS = 20;
const LONGEST_WORD = 40;

/** https://www.w3.org/TR/CSP3/#deprecated-serialize-violation; browsers differ in what else they say. */
const reportSchema = v.pipe(
  v.object({
    'csp-report': v.object({
      'document-uri': v.string(),
      'blocked-uri': v.optional(v.string(), ''),
      'effective-directive': v.optional(v.string()),
      'violated-directive': v.optional(v.string(), ''),
    }),
  }),
  v.transform(({ 'csp-report': report }) => ({
    documentUrl: report['document-uri'],
    blockedUrl: report['blocked-uri'],
    // The older field may hold the whole directive.
    directive: report['effective-directive'] ?? report['violated-directive'].split(' ', 1)[0] ?? '',
  })),
);

/** https://www.w3.org/TR/reporting-1/#serialize-reports */
const reportsSchema = v.pipe(
  v.array(
    v.object({
      type: v.string(),
      body: v.optional(
        v.object({
          documentURL: v.optional(v.string(), ''),
          blockedURL: v.optional(v.string(), ''),
          effectiveDirective: v.optional(v.string(), ''),
        }),
      ),
    }),
  ),
  v.maxLength(MOST_REPORTS),
  v.transform((reports) =>
    reports.flatMap(({ type, body }) =>
      type === 'csp-violation' && body !== undefined
        ? [{ documentUrl: body.documentURL, blockedUrl: body.blockedURL, directive: body.effectiveDirective }]
        : [],
    ),
  ),
);

const directiveSchema = v.picklist(REPORTED_DIRECTIVES);

/**
 * The violations in a report, of at most 8 KiB, that are about a frame of ours; all others are left out. Throws AppError
 * as `parseBody` does.
 */
export async function readViolations(ctx: RequestContext): Promise<readonly Violation[]> {
  const { type, value } = await readJson(ctx, { types: [REPORT_TYPE, REPORTS_TYPE], maxBytes: REPORT_MAX_BYTES });
  const result =
    type === REPORTS_TYPE
      ? v.safeParse(reportsSchema, value)
      : v.safeParse(v.pipe(reportSchema, v.transform(list)), value);
  if (!result.success) throw new AppError('INVALID_REQUEST', { message: 'The body is not a report' });
  return result.output.flatMap(toViolation);
}

type Report = { readonly documentUrl: string; readonly blockedUrl: string; readonly directive: string };

function list<T>(one: T): readonly T[] {
  return [one];
}

function toViolation({ documentUrl, blockedUrl, directive: named }: Report): readonly Violation[] {
  const publicKey = keyIn(documentUrl) ?? keyIn(blockedUrl);
  const directive = v.safeParse(directiveSchema, named);
  if (publicKey === undefined || !directive.success) return [];
  // Of a page that may not show us, `blocked` is ourselves.
  const blocked = directive.output === 'frame-ancestors' ? '' : describeBlocked(blockedUrl);
  return [{ publicKey, directive: directive.output, blocked }];
}

/** The key in the address of a frame. */
function keyIn(url: string): PublicKey | undefined {
  const [, key] = URL.canParse(url) ? (/^\/frame\/([^/]+)$/.exec(new URL(url).pathname) ?? []) : [];
  return parsePublicKey(key);
}

/** Never a path or a query: they may hold what only the visitor should know. */
function describeBlocked(url: string): string {
  if (/^[a-z-]+$/.test(url)) return url.slice(0, LONGEST_WORD);
  return (URL.canParse(url) ? parseOrigin(new URL(url).origin) : undefined) ?? 'other';
}
