import { splitRoute } from '../state/router.ts';

/** What each setting is called on its page. */
const LABELS: Readonly<Record<string, string>> = {
  'theme.primary': 'Primary colour',
  'theme.mode': 'Mode',
  'theme.radius': 'Corner radius',
  'theme.font': 'Font',
  'theme.position': 'Position',
  'theme.offsetSide': 'Distance from the side',
  'theme.offsetBottom': 'Distance from the bottom',
  'theme.zIndex': 'Stacking order',
  'launcher.icon': 'Launcher icon',
  defaultLocale: 'Default language',
  'features.chat': 'Chat',
  'features.wallet': 'Wallet',
  allowlist: 'Sites',
  persistence: 'Finding a conversation again',
  retention: 'Keeping conversations',
  'limits.messagesPerMinute': 'Messages a minute',
  'limits.messagesPerDay': 'Messages a day',
  'assistant.instructions': 'Instructions',
  'assistant.temperature': 'Temperature',
};

const TEXT_LABELS: Readonly<Record<string, string>> = {
  name: 'Name',
  subtitle: 'Subtitle',
  greeting: 'Greeting',
  greetingDetail: 'Line under the greeting',
  starterQuestions: 'Starter questions',
  placeholder: 'Placeholder',
  notice: 'Notice',
  launcherLabel: 'Launcher label',
  contact: 'Contact',
  offline: 'Offline text',
  error: 'Error text',
  consent: 'Consent text',
};

/** A field's name for people, such as "Greeting (German)" for `locales.de.greeting`. */
export function labelOf(path: string): string {
  const [section, locale = '', text = ''] = path.split('.');
  if (section === 'locales') {
    if (locale === '') return 'Languages';
    if (text === '') return `Texts in ${languageName(locale)}`;
    return `${TEXT_LABELS[text] ?? text} (${languageName(locale)})`;
  }
  return LABELS[path] ?? LABELS[`${section}.${locale}`] ?? LABELS[section ?? ''] ?? path;
}

/** The page a field is changed on. */
export function routeOf(path: string): string {
  const [section = '', locale] = path.split('.');
  if (section === 'locales' && locale !== undefined) return `texts/${locale.toLowerCase()}`;
  return ROUTES[section] ?? '';
}

/** Whether two routes show the same page. */
export function isSamePage(one: string, other: string): boolean {
  return splitRoute(one)[0] === splitRoute(other)[0];
}

const ROUTES: Readonly<Record<string, string>> = {
  theme: 'appearance',
  launcher: 'appearance',
  features: 'appearance',
  defaultLocale: 'texts',
  locales: 'texts',
  assistant: 'assistant',
  allowlist: 'sites',
  persistence: 'limits',
  retention: 'limits',
  limits: 'limits',
};

/** "German" for `de`, and the tag itself for what no language is. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
