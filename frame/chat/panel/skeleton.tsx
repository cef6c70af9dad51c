import { loading } from '../../ui/first-strings.ts';

/** Still shapes where messages will be. The style sheet shows them only after 300 ms, so a quick answer never flickers. */
export function Skeleton() {
  return (
    <div class="skeleton" role="status" aria-label={loading}>
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}
