import type { FeedbackRating } from '../../../shared/feedback.ts';
import { Icon } from '../../ui/icon.tsx';
import { THUMB_DOWN, THUMB_UP } from '../../ui/late-icons.ts';
import * as strings from '../../ui/strings.ts';

type Props = { readonly rating: FeedbackRating | undefined; readonly onRate: (rating: FeedbackRating) => void };

const CHOICES = [
  { rating: 'helpful', label: strings.helpful, shape: THUMB_UP },
  { rating: 'not-helpful', label: strings.notHelpful, shape: THUMB_DOWN },
] as const;

/** Whether a reply helped, said with one click and changed with another. */
export function Rating({ rating, onRate }: Props) {
  return (
    <>
      {CHOICES.map((choice) => (
        <button
          key={choice.rating}
          type="button"
          class="quiet rate"
          aria-label={choice.label}
          title={choice.label}
          aria-pressed={rating === choice.rating}
          onClick={() => onRate(choice.rating)}
        >
          <Icon shape={choice.shape} />
        </button>
      ))}
    </>
  );
}
