import type { IsolationDocument } from '../../../shared/isolation-document.ts';

type DataFlow = IsolationDocument['dataFlows'][number];

/** What the operator has connected. */
export type Connections = { readonly hasModel: boolean; readonly hasRedis: boolean; readonly hasLoginKeys: boolean };

const ALWAYS: readonly DataFlow[] = [
  {
    from: 'host page',
    to: 'widget origin',
    what: 'the request for the loader, with the referrer the page allows',
    when: 'the page loads',
    kept: 'a log line with method, path, status and duration; no address, no referrer',
  },
  {
    from: 'host page',
    to: 'widget origin',
    what: 'the public key and the origin of the page, in the requests for the configuration and for the frame',
    when: 'a visitor shows interest, the panel was open on the page before, or the snippet asks for it at once',
    kept: 'counts per hour, widget and origin; when a key was last used on an origin; refused embeds, sampled',
  },
  {
    from: 'frame',
    to: 'widget origin',
    what: 'the messages and ratings of the visitor, over a session that is bound to key and origin',
    when: 'the visitor writes or rates',
    kept: 'conversations, in the store of the operator',
  },
  {
    from: 'frame',
    to: 'host page',
    what: 'over the port: that something happened, the count of unread replies, the look of the launcher; no words of a conversation, no token',
    when: 'the frame is open',
    kept: 'nothing',
  },
  {
    from: 'host page',
    to: 'widget origin',
    what: 'what its script says about the visit, by way of the frame: at most ten texts, of no weight',
    when: 'the visitor writes',
    kept: 'nothing',
  },
  {
    from: 'backend of the company',
    to: 'widget origin',
    what: 'who a visitor is, as a token that the company has signed; it passes through host page and frame, or the frame alone',
    when: 'the company identifies a visitor',
    kept: 'the subject of the token, with the conversations of the visitor',
  },
  {
    from: 'browser of a visitor',
    to: 'widget origin',
    what: 'reports of violated policies: directive, blocked address, and the referrer of the report',
    when: 'somebody embeds the frame who may not, or a policy is violated',
    kept: 'counts per key, directive and origin, sampled and bounded',
  },
  {
    from: 'dashboard of the company',
    to: 'settings origin',
    what: 'settings, articles and keys, with a token of the company’s own login',
    when: 'an admin works',
    kept: 'every version of the settings; the audit log with the subject of the token; secrets encrypted',
  },
  {
    from: 'any address',
    to: 'this server',
    what: 'the address of the connection, or what the proxies of the operator say it is; of IPv6 the first 64 bits',
    when: 'a limited route is asked',
    kept: 'a count in memory, until its window of at most 15 minutes is over',
  },
];

const TO_MODEL: DataFlow = {
  from: 'this server',
  to: 'the model of the operator',
  what: 'the instructions, the conversation so far, the passages that may be cited, and what the host page says about the visit; no address, no identity',
  when: 'a visitor has written',
  kept: 'what the operator of the model keeps',
};

const TO_REDIS: DataFlow = {
  from: 'this server',
  to: 'the Redis of the operator',
  what: 'counts by address, session, visitor, site, widget and login',
  when: 'a limited route is asked',
  kept: 'until the window of the limit is over',
};

const TO_LOGIN: DataFlow = {
  from: 'this server',
  to: 'the login of the company',
  what: 'a request for its public keys',
  when: 'a token names a key that is not known yet',
  kept: 'nothing',
};

/** All ways that data takes, for this installation. */
export function listDataFlows({ hasModel, hasRedis, hasLoginKeys }: Connections): DataFlow[] {
  return [
    ...ALWAYS,
    ...(hasModel ? [TO_MODEL] : []),
    ...(hasRedis ? [TO_REDIS] : []),
    ...(hasLoginKeys ? [TO_LOGIN] : []),
  ];
}
