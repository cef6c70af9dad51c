// The bundler turns an import of a style sheet into a file of its own, or with the attribute `text` into its words.
declare module '*.css' {
  const text: string;
  // biome-ignore lint/style/noDefaultExport: it is the only way an imported text has a name
  export default text;
}
