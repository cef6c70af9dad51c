/**
 * Puts `text` on the clipboard. The asynchronous clipboard needs a permission that the iframe is not given (`allow=""`);
 * the older command needs only the visitor's click, so it is the one that works here. Answers whether it did.
 */
export function copyText(text: string): boolean {
  const put = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', put);
  const hasCopied = document.execCommand('copy');
  document.removeEventListener('copy', put);
  return hasCopied;
}
