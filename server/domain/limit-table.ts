/** So often within so many seconds. */
export type Limit = { readonly most: number; readonly seconds: number };

/**
 * Whose requests are counted together, narrowest first: who is over a narrow limit uses up nothing of a wider one.
 * `address` is an IPv4 address or the /64 of an IPv6 address; `site` is a widget on one origin; `key` is a widget, by
 * whichever of its keys; `everyone` is all of them.
 */
export const SUBJECTS = ['address', 'session', 'visitor', 'login', 'site', 'key', 'everyone'] as const;
export type Subject = (typeof SUBJECTS)[number];

const perMinute = (most: number): Limit => ({ most, seconds: 60 });

/**
 * Every limit that is the same for all widgets. They are bounds for what is broken or hostile, far above what people do:
 * many visitors can share one address. How many messages a visitor and a widget may send is in the widget's settings.
 */
export const LIMIT_TABLE = {
  /** The frame's document. */
  frame: { address: perMinute(240), site: perMinute(12_000), key: perMinute(24_000), everyone: perMinute(60_000) },
  /** The configuration for a host page or a backend. */
  config: { address: perMinute(600), site: perMinute(60_000), key: perMinute(60_000), everyone: perMinute(300_000) },
  /** Opening a session. */
  session: { address: perMinute(120), site: perMinute(6_000), key: perMinute(12_000), everyone: perMinute(30_000) },
  /** Sending a message. */
  chat: {
    address: perMinute(120),
    session: perMinute(60),
    site: perMinute(6_000),
    key: perMinute(12_000),
    everyone: perMinute(30_000),
  },
  /** Everything else a visitor does: reading, resuming, stopping, renewing, rating; and an open panel, every 4 seconds. */
  visitor: { address: perMinute(3_000), session: perMinute(300), everyone: perMinute(300_000) },
  /** What browsers report about the frame. */
  reports: { address: perMinute(30), everyone: perMinute(1_200) },
  /** What somebody does with a token of the company's login. */
  admin: { address: perMinute(600), login: perMinute(300), everyone: perMinute(30_000) },
  /** Tokens of a login that were wrong. */
  'failed-login': { address: { most: 20, seconds: 15 * 60 } },
} as const satisfies Record<string, Partial<Record<Subject, Limit>>>;

export type LimitName = keyof typeof LIMIT_TABLE;
export type LimitTable = Readonly<Record<LimitName, Readonly<Partial<Record<Subject, Limit>>>>>;
