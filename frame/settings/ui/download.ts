/** Hands a file to the admin's browser under a name. The sandbox of the settings frame allows downloads for this. */
export function downloadFile(name: string, file: Blob): void {
  const link = document.createElement('a');
  link.download = name;
  link.href = URL.createObjectURL(file);
  link.click();
  // The browser has taken the file over by the next task.
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}
