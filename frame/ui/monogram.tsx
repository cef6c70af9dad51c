/** The first letter of the company's name on its accent: a sign that needs no image and no request. */
export function Monogram({ name }: { name: string }) {
  const letter = /[\p{L}\p{N}]\p{M}*/u.exec(name)?.[0] ?? '·';
  return (
    <span class="monogram" aria-hidden="true">
      {letter.toUpperCase()}
    </span>
  );
}
