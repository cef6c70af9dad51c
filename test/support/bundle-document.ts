import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export type BuiltFile = { readonly name: string; readonly body: Uint8Array; readonly integrity: string };

export type BuiltDocument = {
  readonly script: BuiltFile;
  readonly style: BuiltFile;
  /** What the script imports at once. */
  readonly preload: readonly BuiltFile[];
  /** What it imports later, and for which modules. */
  readonly lazy: readonly (BuiltFile & { readonly entries: readonly string[] })[];
  readonly files: ReadonlyMap<string, BuiltFile>;
};

/** One document's code as `npm run build` makes it, minified and split, but in memory, so that no other test is disturbed. */
export async function bundleDocument(name: string, source: string): Promise<BuiltDocument> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { [name]: source },
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
  const [entry = ''] = [...outputs].find(([, { entryPoint }]) => entryPoint === source) ?? [];
  const initial = collect(entry, outputs);
  const scripts = [...files.values()].filter((file) => file.name.endsWith('.js'));
  const lazy = scripts.filter((file) => !initial.has(file.name));
  const needed = lazy.flatMap((file) => {
    const { entryPoint } = outputs.get(file.name) ?? {};
    const root = entryPoint === undefined ? undefined : basename(entryPoint).replace(/\.tsx?$/, '');
    return root === undefined ? [] : [[root, collect(file.name, outputs)] as const];
  });
  return {
    script: requireFile(files.get(entry)),
    style: requireFile([...files.values()].find((file) => file.name.endsWith('.css'))),
    preload: scripts.filter((file) => initial.has(file.name) && file.name !== entry),
    lazy: lazy.map((file) => ({
      ...file,
      entries: needed.filter(([, reached]) => reached.has(file.name)).map(([root]) => root),
    })),
    files,
  };
}

type Outputs = ReadonlyMap<string, Metafile['outputs'][string]>;

function collect(name: string, outputs: Outputs, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const { path, kind } of outputs.get(name)?.imports ?? [])
    if (kind === 'import-statement') collect(basename(path), outputs, seen);
  return seen;
}

function describe(name: string, body: Uint8Array): BuiltFile {
  return { name, body, integrity: `sha384-${createHash('sha384').update(body).digest('base64')}` };
}

function requireFile(file: BuiltFile | undefined): BuiltFile {
  if (file === undefined) throw new Error('The document did not build');
  return file;
}
