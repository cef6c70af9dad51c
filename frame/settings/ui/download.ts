/** The address of a file lives so long: a browser may ask where to put it before it reads it. */
const ADDRESS_MS = 60_000;

/** Hands the admin's browser a file to save. The view's sandbox allows downloads; the chat's does not. */
export function downloadFile(name: string, file: Blob): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), ADDRESS_MS);
}
