import { parse } from 'tldts';
import { hostOf, isLoopback, type Origin, parseOrigin } from '../../../shared/origin.ts';
import { exampleOf } from '../../config-variables.ts';
import { siteOf } from '../../domain/site.ts';
import { type Facts, type Finding, isProduction } from './finding.ts';

type Named = { readonly variable: string; readonly origin: Origin };

const OWN_SITE = 'Give the widget a host name on a registrable domain of its own';

/** The addresses of the configuration: whether they are safe on the way, and far enough from each other. */
export function checkOrigins(facts: Facts): readonly Finding[] {
  return [
    ...namedOrigins(facts).flatMap(findPlainHttp),
    ...findPlainKeys(facts),
    ...findNearOrigins(facts),
    ...namedOrigins(facts).flatMap(findPublicSuffix),
  ];
}

function namedOrigins({ config, environment }: Facts): readonly Named[] {
  const { widgetOrigin, settingsOrigin, dashboardOrigins, assetBaseUrl } = config;
  // An address that could not be read was replaced by a default, which nobody has to hear about.
  const given = [
    { variable: 'PUBLIC_URL', origin: widgetOrigin },
    { variable: 'SETTINGS_URL', origin: settingsOrigin },
    ...dashboardOrigins.map((origin) => ({ variable: 'DASHBOARD_ORIGINS', origin })),
    { variable: 'CDN_BASE_URL', origin: parseOrigin(new URL(assetBaseUrl).origin) },
  ];
  const isGiven = (variable: string) => variable === 'PUBLIC_URL' || environment[variable] !== undefined;
  return given.flatMap(({ variable, origin }) => (origin && isGiven(variable) ? [{ variable, origin }] : []));
}

function findPlainHttp({ variable, origin }: Named): readonly Finding[] {
  if (!origin.startsWith('http:') || isLoopback(origin)) return [];
  const message = `${variable} has "${origin}": whoever is on the way can read and change what is sent without TLS`;
  const cure = `Put TLS in front of it and write https, such as ${exampleOf(variable)}`;
  return [{ code: 'TLS_MISSING', severity: 'error', variable, message, cure }];
}

/** Whoever could change the keys on the way could make a token for anyone. */
function findPlainKeys({ environment, config }: Facts): readonly Finding[] {
  const variable = 'JWT_JWKS_URL';
  const url = environment[variable];
  if (url === undefined || !/^http:/i.test(url) || !URL.canParse(url)) return [];
  const origin = parseOrigin(new URL(url).origin);
  if (!isProduction(config) && origin !== undefined && isLoopback(origin)) return [];
  const { host, pathname } = new URL(url);
  const message = `${variable} is "http://${host}${pathname}": whoever is on the way could put keys of their own in place`;
  return [
    {
      code: 'JWKS_NOT_HTTPS',
      severity: 'error',
      variable,
      message,
      cure: `Write https, such as ${exampleOf(variable)}`,
    },
  ];
}

function findNearOrigins({ config, environment }: Facts): readonly Finding[] {
  const { widgetOrigin, settingsOrigin, dashboardOrigins } = config;
  const settings = settingsOrigin === undefined ? [] : [{ variable: 'SETTINGS_URL', origin: settingsOrigin }];
  const dashboards = dashboardOrigins.map((origin) => ({ variable: 'DASHBOARD_ORIGINS', origin }));
  return [...settings, ...dashboards]
    .filter(({ variable }) => environment[variable] !== undefined)
    .flatMap((other) => findNear(other, widgetOrigin));
}

function findNear({ variable, origin }: Named, widgetOrigin: Origin): readonly Finding[] {
  if (origin === widgetOrigin) {
    const message = `${variable} and PUBLIC_URL are both "${origin}": what a model writes then has an origin with admins`;
    const cure = `Give it a host name of its own, such as ${exampleOf(variable)}`;
    return [{ code: 'SAME_ORIGIN', severity: 'warning', variable, message, cure }];
  }
  const site = siteOf(origin);
  if (site === null || site !== siteOf(widgetOrigin)) return [];
  const message = `${variable} has "${origin}", which is on "${site}" like the widget: browsers keep them less apart than two sites`;
  return [{ code: 'SAME_SITE', severity: 'warning', variable, message, cure: OWN_SITE }];
}

/** https://publicsuffix.org, private section included, as of the installed version of tldts. */
function findPublicSuffix({ variable, origin }: Named): readonly Finding[] {
  if (variable !== 'PUBLIC_URL' && variable !== 'SETTINGS_URL') return [];
  const { publicSuffix, domain, isIp, isIcann, isPrivate } = parse(hostOf(origin), { allowPrivateDomains: true });
  if (isIp || (!isIcann && !isPrivate)) return [];
  if (domain === null) {
    const message = `${variable} is "${origin}": "${publicSuffix}" is a public suffix, below which anyone can have a name`;
    return [{ code: 'PUBLIC_SUFFIX', severity: 'error', variable, message, cure: OWN_SITE }];
  }
  if (!isPrivate) return [];
  const message = `${variable} is "${origin}", a name that the operator of "${publicSuffix}" lends and can take back`;
  return [{ code: 'PUBLIC_SUFFIX', severity: 'warning', variable, message, cure: OWN_SITE }];
}
