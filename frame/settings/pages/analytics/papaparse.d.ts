// What is used of Papa Parse. The types on the registry bring Node's along, which the frame must not be able to name.
declare module 'papaparse' {
  type Table = { readonly fields: readonly string[]; readonly data: readonly (readonly (string | number)[])[] };
  const Papa: { unparse(table: Table, options: { readonly escapeFormulae: boolean }): string };
  // biome-ignore lint/style/noDefaultExport: the library has no other
  export default Papa;
}
