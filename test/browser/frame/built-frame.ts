import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export type BuiltFile = { readonly name: string; readonly body: Uint8Array; readonly integrity: string };

export type BuiltFrame = {
  readonly script: BuiltFile;
  readonly style: BuiltFile;
  /** What the script imports at once, and what it imports later. */
  readonly preload: readonly BuiltFile[];
  readonly lazy: readonly BuiltFile[];
  readonly files: ReadonlyMap<string, BuiltFile>;
};

let built: Promise<BuiltFrame> | undefined;

/** The frame as `npm run build` makes it, minified and split, but in memory, so that no other test is disturbed. */
export function buildFrame(): Promise<BuiltFrame> {
  built ??= bundle();
  return built;
}

async function bundle(): Promise<BuiltFrame> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { frame: 'frame/main.tsx' },
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    outdir: '/assets',
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), describe(basename(path), contents)]));
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const [entry = ''] = [...outputs].find(([, { entryPoint }]) => entryPoint === 'frame/main.tsx') ?? [];
  const initial = new Set<string>();
  const collect = (name: string): void => {
    if (initial.has(name)) return;
    initial.add(name);
    for (const { path, kind } of outputs.get(name)?.imports ?? [])
      if (kind === 'import-statement') collect(basename(path));
  };
  collect(entry);
  const scripts = [...files.values()].filter(({ name }) => name.endsWith('.js'));
  return {
    script: requireFile(files.get(entry)),
    style: requireFile([...files.values()].find(({ name }) => name.endsWith('.css'))),
    preload: scripts.filter(({ name }) => initial.has(name) && name !== entry),
    lazy: scripts.filter(({ name }) => !initial.has(name)),
    files,
  };
}

function describe(name: string, body: Uint8Array): BuiltFile {
  return { name, body, integrity: `sha384-${createHash('sha384').update(body).digest('base64')}` };
}

function requireFile(file: BuiltFile | undefined): BuiltFile {
  if (file === undefined) throw new Error('The frame did not build');
  return file;
}
