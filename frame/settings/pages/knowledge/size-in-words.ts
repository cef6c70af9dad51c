/** A number of bytes as people say it, such as "12 KB" or "1.4 MB". */
export function bytesInWords(bytes: number, format: (value: number) => string): string {
  if (bytes < 1024) return `${format(bytes)} bytes`;
  if (bytes < 1024 * 1024) return `${format(Math.round(bytes / 1024))} KB`;
  return `${format(Math.round((bytes / 1024 / 1024) * 10) / 10)} MB`;
}
