import { CLOSE, Icon } from '../../../ui/icon.tsx';
import { CHECK } from '../../../ui/late-icons.ts';
import { examplesOf } from './examples-of.ts';

/** What a wildcard lets in and what it does not, by example: the rules are shorter than what people expect of them. */
export function WildcardExamples({ entry }: { entry: string }) {
  const { admitted, refused } = examplesOf(entry);
  return (
    <ul class="site-examples" aria-label={`What ${entry} admits`}>
      {admitted.map((origin) => (
        <li key={origin} class="ok">
          <Icon shape={CHECK} />
          <span>
            <code>{origin}</code> may show the widget
          </span>
        </li>
      ))}
      {refused.map(({ origin, why }) => (
        <li key={origin} class="danger">
          <Icon shape={CLOSE} />
          <span>
            <code>{origin}</code> may not: {why}
          </span>
        </li>
      ))}
    </ul>
  );
}
