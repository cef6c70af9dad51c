import { Icon, type Shape } from './icon.tsx';

/** An icon that points along the text, and turns round where text runs from the right. */
export function Arrow({ shape }: { shape: Shape }) {
  return (
    <span class="arrow">
      <Icon shape={shape} />
    </span>
  );
}
