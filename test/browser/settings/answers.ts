import type { Analytics, Counts } from '../../../shared/analytics-api.ts';
import type { AuditLog, AuditVerification } from '../../../shared/audit-api.ts';
import type { EmbedAttempts } from '../../../shared/embed-attempts-api.ts';
import type { InstallationAnswer } from '../../../shared/installation-api.ts';
import type { RotationsAnswer } from '../../../shared/keys-api.ts';

/** A moment some milliseconds ago. */
export const ago = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();

const HOUR_MS = 3_600_000;

const COUNTS: Counts = {
  configurations: 90,
  frames: 40,
  opened: 30,
  conversations: 12,
  messages: 41,
  replies: 39,
  sourced: 31,
  stopped: 1,
  failures: { MODEL_TIMEOUT: 2 },
  helpful: 5,
  notHelpful: 1,
  limitsReached: 0,
  embedsRefused: 3,
  firstTokenMs: { median: 800, p95: 2_100 },
};

export const ANALYTICS: Analytics = {
  from: ago(24 * HOUR_MS),
  to: ago(0),
  unit: 'hour',
  timeZone: 'UTC',
  totals: COUNTS,
  series: [],
  origins: [{ origin: 'https://shop.harbour.example', counts: COUNTS }],
};

export const ROTATIONS: RotationsAnswer = {
  rotations: [],
  keys: [
    {
      id: 'PUB_FRAME1FRAME1FRAME1FRAM0yuvw7',
      target: 'public',
      state: 'active',
      uses: [
        { origin: 'https://shop.harbour.example', lastUsedAt: ago(120_000), count: 9 },
        { origin: 'https://blog.harbour.example', lastUsedAt: ago(72 * HOUR_MS), count: 2 },
      ],
      safeToRevoke: false,
      why: 'It is the key that new snippets have.',
    },
  ],
};

export const INSTALLATION: InstallationAnswer = {
  loaderUrl: 'https://widget.harbour.example/loader.js',
  pinnedLoaderUrl: 'https://widget.harbour.example/loader/ABCDEFGH.js',
  integrity: `sha384-${'A'.repeat(64)}`,
  widgetOrigin: 'https://widget.harbour.example',
  model: 'llama3.2',
  messageMaxCharacters: 4_000,
};

export const EMBED_ATTEMPTS: EmbedAttempts = {
  attempts: [
    {
      what: 'frame',
      embedder: 'https://copycat.example',
      blocked: '',
      count: 37,
      firstSeenAt: ago(30 * HOUR_MS),
      lastSeenAt: ago(2 * HOUR_MS),
    },
  ],
};

const OLD_KEY = 'PUB_FRAME2FRAME2FRAME2FRAM0yuvw7';

/** The public key was rotated an hour ago, and one site still has the old one. */
export const RETIRING: RotationsAnswer = {
  rotations: [
    {
      id: '0f8fad5b-d9cb-469f-a165-70867728950e',
      target: 'public',
      oldKeyId: OLD_KEY,
      newKeyId: 'PUB_FRAME1FRAME1FRAME1FRAM0yuvw7',
      actor: { subject: 'grace', role: 'admin' },
      reason: 'The agency left',
      overlapSeconds: 86_400,
      rotatedAt: ago(HOUR_MS),
      endsAt: ago(-23 * HOUR_MS),
      hasEnded: false,
    },
  ],
  keys: [
    ...ROTATIONS.keys,
    {
      id: OLD_KEY,
      target: 'public',
      state: 'retiring',
      retiringUntil: ago(-23 * HOUR_MS),
      uses: [{ origin: 'https://blog.harbour.example', lastUsedAt: ago(240_000), count: 2 }],
      safeToRevoke: false,
      why: '"https://blog.harbour.example" used it 4 minutes ago.',
    },
  ],
};

export const AUDIT_LOG: AuditLog = {
  entries: [
    {
      widgetId: 'w',
      seq: 2,
      at: ago(HOUR_MS),
      actor: { subject: 'grace', role: 'admin' },
      act: 'settings-saved',
      details: { settingsVersion: 2, sections: ['theme'] },
      previousHash: '0'.repeat(64),
      hash: 'a'.repeat(64),
    },
  ],
  next: null,
};

export const AUDIT_VERIFICATION: AuditVerification = {
  isIntact: true,
  checked: 2,
  brokenAt: null,
  head: { seq: 2, hash: 'a'.repeat(64) },
};

/** What each page asks for when it opens, so that none is in trouble. */
export const EVERY_ANSWER: Readonly<Record<string, unknown>> = {
  'GET /analytics': ANALYTICS,
  'GET /audit-log': AUDIT_LOG,
  'GET /audit-log/verification': AUDIT_VERIFICATION,
  'GET /installation': INSTALLATION,
  'GET /knowledge': {
    articles: [],
    total: { articles: 0, bytes: 0, mostArticles: 2_000, mostBytes: 4_194_304 },
    next: null,
  },
  'GET /knowledge/unanswered': { questions: [] },
  'GET /reports': EMBED_ATTEMPTS,
  'GET /rotations': ROTATIONS,
  'GET /settings/versions': {
    versions: [
      {
        version: 1,
        savedAt: ago(HOUR_MS),
        savedBy: { subject: 'ada', role: 'owner' },
        note: 'The first',
        sections: ['theme'],
      },
    ],
    next: null,
  },
};
