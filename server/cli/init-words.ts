type Secret = { readonly id: string; readonly secret: string };

/** A widget that was just made, with its secrets, which are not shown again. */
export type NewWidget = {
  readonly company: string;
  readonly widget: string;
  readonly sites: readonly string[];
  readonly publicKey: string;
  readonly snippet: string;
  readonly signing: Secret;
  readonly identity: Secret;
};

/** What to do with it, for whoever made it. */
export function describeWidget({ company, widget, sites, snippet, signing, identity }: NewWidget): string {
  return `
The widget "${widget}" of "${company}" is made. It may be embedded by ${sites.join(' and ')}.

Put this into the page, before </body>:

  ${snippet}

Give these to your backend. They are shown this once and never again:

  CASEMENT_SIGNING_KEY_ID=${signing.id}
  CASEMENT_SIGNING_SECRET=${signing.secret}
  CASEMENT_IDENTITY_KEY_ID=${identity.id}
  CASEMENT_IDENTITY_SECRET=${identity.secret}

docs/signatures.md says what the first two are for, docs/identity.md the others.
A key that was lost or seen by somebody is replaced with POST /api/v1/widget/rotate-key.

`;
}
