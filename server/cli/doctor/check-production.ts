import { isLoopback } from '../../../shared/origin.ts';
import { exampleOf } from '../../config-variables.ts';
import { type Facts, type Finding, isProduction } from './finding.ts';

/** How the server is run. */
export function checkProduction(facts: Facts): readonly Finding[] {
  return [
    ...findMode(facts),
    ...findDemo(facts),
    ...findAdminApi(facts),
    ...findContact(facts),
    ...findLimits(facts),
    ...findHops(facts),
  ];
}

function findMode({ config }: Facts): readonly Finding[] {
  const { mode, widgetOrigin } = config;
  if (isProduction(config)) return [];
  const variable = 'NODE_ENV';
  const cure = `Set ${exampleOf(variable)}`;
  const code = 'NOT_PRODUCTION';
  if (isLoopback(widgetOrigin)) {
    const message = `${variable} is "${mode}": what only production needs is not asked for`;
    return [{ code, severity: 'note', variable, message, cure: `${cure} to check what production needs` }];
  }
  const message = `${variable} is "${mode}", although others can reach "${widgetOrigin}": made-up secrets and a demo are for one machine`;
  return [{ code, severity: 'error', variable, message, cure }];
}

function findDemo({ config, variables }: Facts): readonly Finding[] {
  const isPublic = isProduction(config) || !isLoopback(config.widgetOrigin);
  const isOn = variables.DEMO === 'on' || config.demo !== undefined;
  if (!isPublic || !isOn) return [];
  const message = `DEMO is "on" and the widget is at "${config.widgetOrigin}": the demo shop and its widget are for one machine`;
  const cure = `Set ${exampleOf('DEMO')}`;
  return [{ code: 'DEMO_IN_PRODUCTION', severity: 'error', variable: 'DEMO', message, cure }];
}

function findAdminApi({ config, environment }: Facts): readonly Finding[] {
  const { SETTINGS_URL, DASHBOARD_ORIGINS } = environment;
  if (!isProduction(config)) return [];
  if (SETTINGS_URL !== undefined && DASHBOARD_ORIGINS === undefined) {
    const variable = 'DASHBOARD_ORIGINS';
    const message = `${variable} is missing: no page may call the admin API at "${SETTINGS_URL}"`;
    const cure = `Name your dashboard, such as ${exampleOf(variable)}`;
    return [{ code: 'DASHBOARD_ORIGINS_MISSING', severity: 'error', variable, message, cure }];
  }
  if (SETTINGS_URL !== undefined) return [];
  const variable = 'SETTINGS_URL';
  const message = `${variable} is missing: there is no admin API, so settings can only be made with "casement init"`;
  const cure = `If you want one, set ${exampleOf(variable)}, DASHBOARD_ORIGINS and a login; docs/admin-login.md`;
  return [{ code: 'ADMIN_API_OFF', severity: 'note', variable, message, cure }];
}

function findContact({ config, environment }: Facts): readonly Finding[] {
  const variable = 'SECURITY_CONTACT';
  if (!isProduction(config) || environment[variable] !== undefined) return [];
  const message = `${variable} is missing: without "/.well-known/security.txt" nobody can tell you of a weakness`;
  const cure = `Set ${exampleOf(variable)}`;
  return [{ code: 'SECURITY_CONTACT_MISSING', severity: 'warning', variable, message, cure }];
}

function findLimits({ config: { redisUrl, workers }, environment }: Facts): readonly Finding[] {
  const variable = 'WORKERS';
  if (redisUrl !== undefined || environment[variable] === undefined || workers === 1) return [];
  const message = `${variable} is "${workers}" without REDIS_URL: each process counts for itself, so every limit is ${workers} times as high`;
  const cure = `Let them count together with ${exampleOf('REDIS_URL')}, or run one process`;
  return [{ code: 'LIMITS_PER_PROCESS', severity: 'warning', variable, message, cure }];
}

/** The server answers plain HTTP, so whoever answers https is a proxy; its count can be seen from here, its number not. */
function findHops({ config: { trustProxyHops, widgetOrigin }, environment }: Facts): readonly Finding[] {
  const variable = 'TRUST_PROXY_HOPS';
  if (widgetOrigin.startsWith('https:') && trustProxyHops === 0) {
    const message = `${variable} is "0", but "${widgetOrigin}" is answered by a proxy: all visitors have its address, and its limits`;
    const cure = `Count the proxies of yours that add to X-Forwarded-For, such as ${exampleOf(variable)}`;
    return [{ code: 'PROXY_HOPS_TOO_FEW', severity: 'warning', variable, message, cure }];
  }
  if (environment[variable] === undefined || trustProxyHops === 0 || !isLoopback(widgetOrigin)) return [];
  const message = `${variable} is "${trustProxyHops}", but "${widgetOrigin}" is this machine: without a proxy anyone can make up an address`;
  const cure = `Set ${variable}=0 unless there is a proxy`;
  return [{ code: 'PROXY_HOPS_TOO_MANY', severity: 'warning', variable, message, cure }];
}
