/** What Casement promises about isolation, and what keeps each promise. `docs/isolation.md` says the same. */
export const CLAIMS = {
  I1: {
    promise: 'Only an allowlisted origin, with no other ancestor, can render the frame.',
    control:
      'claimed origin = referrer = allowlist entry, then `frame-ancestors` with exactly that origin, so that a lie is not shown',
  },
  I2: {
    promise: 'Host page and frame cannot touch each other’s DOM, cookies or storage.',
    control:
      'separate origins, `sandbox` on the iframe and in the CSP, `Cross-Origin-Opener-Policy`, `Origin-Agent-Cluster`',
  },
  I3: {
    promise: 'One handshake, one peer, then only the port.',
    control:
      '`isTrusted`, exact origin, exact window and two nonces, once; a second load of the iframe ends the channel; unknown messages close the port',
  },
  I4: {
    promise: 'No secret leaves by wildcard, by URL or to the host page.',
    control:
      'nothing is posted to `*`; the session token lives in the frame’s memory; the port has no type that could carry one; logs hold no secret',
  },
  I5: {
    promise: 'Every API call needs a session whose site is on the allowlist *now*.',
    control:
      'the session is bound to key and origin, both are checked again on every call; a guard is declared with every route',
  },
  I6: {
    promise: 'What a model or a visitor writes causes no script and no request.',
    control:
      'Markdown becomes text nodes and elements, never HTML; Trusted Types `none`; `default-src` `none`; links are checked and never fetched',
  },
  I7: {
    promise: 'Keys and sites share no state.',
    control: 'a visitor belongs to one widget and one origin; cookies are partitioned and named after both',
  },
  I8: {
    promise: 'The power of an admin is out of reach of the chat document.',
    control:
      'the admin API answers on the settings origin only, to the company’s own login; the widget origin has none of its routes',
  },
  I9: {
    promise: 'Credits cannot be minted or spent twice from a browser.',
    control: 'not in the product yet: there is no wallet, so there is nothing to spend',
  },
  I10: {
    promise: 'The use of resources is bounded per key, session and address.',
    control:
      'limits of requests, streams, sizes and time; addresses counted behind known proxies only; ambiguous requests are refused',
  },
  I11: {
    promise: 'The bytes that are served are the bytes that were published.',
    control:
      'content-hashed files, Subresource Integrity, `Integrity-Policy`, a build that gives the same bytes again, a published policy',
  },
  I12: {
    promise: 'Refusals are closed and indistinguishable.',
    control: 'one 403 page, byte for byte, whatever the reason; no refusal carries CORS headers',
  },
} as const satisfies Readonly<Record<string, { readonly promise: string; readonly control: string }>>;

export type ClaimId = keyof typeof CLAIMS;
