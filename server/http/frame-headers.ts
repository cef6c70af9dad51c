import { API_BASE } from '../../shared/api-path.ts';
import type { FRAME_SANDBOX } from '../../shared/frame-element.ts';
import type { Origin } from '../../shared/origin.ts';
import type { SETTINGS_SANDBOX } from '../../shared/settings-frame-element.ts';
import type { Placeholder } from './placeholder.ts';

const REPORT_URI = `report-uri ${API_BASE}/reports`;

const FIXED_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // This and the next are both needed inside a host page that is cross-origin isolated.
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), display-capture=(), midi=()',
  'Integrity-Policy': 'blocked-destinations=(script)',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
} as const;

export type FrameSources = {
  /** The origin the document is served from, and the only one it may ask. */
  readonly ownOrigin: Origin;
  /** Where its code and its styles come from, and nothing else does. */
  readonly assetBaseUrl: string;
  /** The one origin whose documents it may show in turn; none if not given. */
  readonly framedOrigin?: Origin;
  readonly sandbox: typeof FRAME_SANDBOX | typeof SETTINGS_SANDBOX;
};

type Ancestor = Origin | Placeholder;

/**
 * The headers of a document that only `embedder` may show, or only these one within the other. Two policies are sent, and a browser enforces both: one says
 * who may show the document, in a header of its own so that its reports arrive; the other what the document may do.
 */
export function frameHeaders(embedder: Ancestor | readonly Ancestor[], sources: FrameSources) {
  const { ownOrigin, assetBaseUrl, framedOrigin, sandbox } = sources;
  const assetOrigin = new URL(assetBaseUrl).origin;
  const code = assetOrigin === ownOrigin ? "'self'" : assetOrigin;
  const directives = [
    "default-src 'none'",
    `script-src ${code}`,
    `style-src ${code}`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    `frame-src ${framedOrigin ?? "'none'"}`,
    "worker-src 'none'",
    "object-src 'none'",
    "media-src 'none'",
    "manifest-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `sandbox ${sandbox}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    REPORT_URI,
  ];
  return {
    ...FIXED_HEADERS,
    'Content-Security-Policy': [`frame-ancestors ${[embedder].flat().join(' ')}; ${REPORT_URI}`, directives.join('; ')],
  };
}
