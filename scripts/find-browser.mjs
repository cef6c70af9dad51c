// Finds or installs the Chromium that the browser tests run in, in this order: CASEMENT_CHROMIUM, a Chromium or Chrome
// on this machine, Playwright's own download, the distribution's package (Debian and Ubuntu, as root). Run directly it
// prints the path; without a browser it says what to do and exits with 1, so that no test is ever skipped in silence.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const DOWNLOAD_TIMEOUT_MS = 180_000;
const INSTALL_ATTEMPTS = 4;

/** The path of an executable Chromium. Throws an Error whose message tells the cure if none can be had. */
export async function findBrowser() {
  const named = process.env.CASEMENT_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named;
    throw new Error(`CASEMENT_CHROMIUM is "${named}", which is not an executable file. Example: /usr/bin/chromium`);
  }
  const found = onThisMachine() ?? (await fromPlaywright()) ?? fromDistribution();
  if (found !== undefined) return found;
  throw new Error(
    'No Chromium was found and none could be installed. Install Chromium or Chrome, or name one: CASEMENT_CHROMIUM=/path/to/chromium npm test',
  );
}

function onThisMachine() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
  return [...candidates, ...PLACES].find(isExecutable);
}

async function fromPlaywright() {
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  if (existsSync(path)) return path;
  const cli = join(createRequire(import.meta.url).resolve('playwright-core/package.json'), '..', 'cli.js');
  console.error('No browser on this machine; trying the download of Playwright.');
  // The packages that the browser needs come after the download: ended by its time-out, a package manager that was begun
  // together with it would go on, and hold the lock that the next attempt needs.
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'ignore', timeout: DOWNLOAD_TIMEOUT_MS });
  if (!existsSync(path)) return undefined;
  if (isDebianRoot()) spawnSync(process.execPath, [cli, 'install-deps', 'chromium'], { stdio: 'ignore' });
  return path;
}

function fromDistribution() {
  if (!isDebianRoot()) return undefined;
  console.error('Installing the chromium package of the distribution.');
  const options = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (let attempt = 1; attempt <= INSTALL_ATTEMPTS; attempt++) {
    spawnSync('apt-get', [...options, 'update'], { stdio: 'ignore', env });
    const install = [...options, 'install', '-y', '--no-install-recommends', 'chromium'];
    const { status, stderr } = spawnSync('apt-get', install, { stdio: ['ignore', 'ignore', 'pipe'], env });
    const path = onThisMachine();
    if (status === 0 && path !== undefined) return path;
    console.error(`Attempt ${attempt} of ${INSTALL_ATTEMPTS} failed: ${String(stderr).trim()}`);
    // Somebody else may be installing: their lock is gone in a while.
    if (attempt < INSTALL_ATTEMPTS) spawnSync('sleep', ['15']);
  }
  return undefined;
}

function isDebianRoot() {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await findBrowser());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
