import { readFile } from 'node:fs/promises';
import { parseArgs, parseEnv } from 'node:util';
import { type Command, CommandError, type CommandPlace, readOptions } from './command.ts';
import { countFindings, describeFindings } from './doctor/describe-findings.ts';
import { examine } from './doctor/examine.ts';
import { hideSecrets } from './doctor/hide-secrets.ts';

/** `casement doctor`: what is wrong with an installation, and the cure. */
export const doctor: Command = {
  summary: 'check the configuration, the running server and its proxies, and the stored sites',
  help: `
casement doctor [--env-file PATH] [--offline] [--json]

  --env-file  read variables from this file, like the server with node --env-file;
              what the environment has counts more
  --offline   look at the variables only: ask neither PUBLIC_URL and SETTINGS_URL nor the store
  --json      print one JSON object in place of words

Reads the same environment variables as the server. Each finding has a code, a sentence and a
cure; no secret is ever printed. Ends with 1 if there are errors, and with 0 otherwise.`,
  run: runDoctor,
};

const OPTIONS = {
  'env-file': { type: 'string' },
  offline: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

async function runDoctor(args: readonly string[], place: CommandPlace): Promise<number> {
  const options = readOptions(() => parseArgs({ args: [...args], options: OPTIONS }).values);
  const environment = { ...(await readEnvFile(options['env-file'])), ...place.environment };
  const findings = await examine({
    environment,
    reach: options.offline ? 'variables' : 'everything',
    embeddedDbEntry: place.embeddedDbEntry,
  });
  const safe = findings.map(({ message, cure, ...finding }) => ({
    ...finding,
    message: hideSecrets(message, environment),
    cure: hideSecrets(cure, environment),
  }));
  const counted = countFindings(safe);
  place.output.write(
    options.json ? `${JSON.stringify({ findings: safe, counted }, null, 2)}\n` : describeFindings(safe),
  );
  return counted.error > 0 ? 1 : 0;
}

async function readEnvFile(path: string | undefined): Promise<Readonly<Record<string, string | undefined>>> {
  if (path === undefined) return {};
  try {
    return parseEnv(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new CommandError(`--env-file is ${JSON.stringify(path)}: there is no such file that can be read`, cause);
  }
}
