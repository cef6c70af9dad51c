// `node examples/dashboard/start.mjs`: the dashboard by itself, for a server that runs somewhere else. Give it the
// server's `SETTINGS_URL` and `JWT_SECRET`; `DASHBOARD_ORIGINS` of the server has to list this dashboard's origin.
import { createServer } from 'node:http';
import { ACCOUNTS, createDashboard } from './create-dashboard.mjs';

const { env } = process;
if (!env.SETTINGS_URL || !env.JWT_SECRET) {
  console.error('Set SETTINGS_URL and JWT_SECRET to what the server has');
  process.exit(1);
}
const listener = await createDashboard({
  settingsUrl: env.SETTINGS_URL,
  shopUrl: env.SHOP_URL,
  widget: env.WIDGET ?? 'main',
  company: env.COMPANY ?? 'harbour-outfitters',
  login: {
    secret: env.JWT_SECRET,
    issuer: env.JWT_ISSUER,
    audience: env.JWT_AUDIENCE,
    companyClaim: env.JWT_COMPANY_CLAIM ?? 'company_id',
    roleClaim: env.JWT_ROLE_CLAIM ?? 'role',
  },
});
const server = createServer(listener).listen(Number(env.PORT ?? 4402), '127.0.0.1', () => {
  console.log(`The dashboard listens on http://dashboard.localhost:${server.address().port}`);
  for (const { email, password, role } of ACCOUNTS) console.log(`  ${email}, password ${password}: ${role}`);
});
