import { Icon } from '../../../ui/icon.tsx';
import { CHECK } from '../../../ui/late-icons.ts';
import { getAnalytics } from '../../api/analytics.ts';
import { getRotations } from '../../api/keys.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import type { View } from '../../view.ts';
import { lastSeenByOrigin } from '../sites/site-uses.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** As far back as one question may ask. */
const LOOKED_BACK_DAYS = 390;

type Step = {
  readonly title: string;
  readonly help: string;
  readonly isDone: boolean;
  readonly action?: { readonly label: string; readonly run: () => void };
};

/** What a new company has to do, ticked off by what really happened. Gone when all of it is done. */
export function Checklist({ view }: { view: View }) {
  const steps = useSteps(view);
  if (steps === undefined || steps.every(({ isDone }) => isDone)) return null;
  const open = steps.filter(({ isDone }) => !isDone).length;
  return (
    <Section
      heading="Get started"
      help={open === 1 ? 'One step is left.' : `${open} of ${steps.length} steps are left.`}
    >
      <ol class="steps card">
        {steps.map(({ title, help, isDone, action }) => (
          <li key={title} class={isDone ? 'step done' : 'step'}>
            <span class="step-mark" role="img" aria-label={isDone ? 'Done' : 'To do'}>
              {isDone && <Icon shape={CHECK} />}
            </span>
            <span class="step-words">
              <strong>{title}</strong>
              <span class="help">{help}</span>
            </span>
            {!isDone && action !== undefined && <Button onClick={action.run}>{action.label}</Button>}
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** `undefined` until everything is known, so that nothing is ticked off before the eyes of whoever looks. */
function useSteps(view: View): readonly Step[] | undefined {
  const rotations = view.resources.use('rotations', () => getRotations(view.api)).value;
  const history = view.resources.use('long-analytics', () => askHistory(view)).value;
  const isUnsaved = view.published.value.version === 0;
  if (!isUnsaved && (rotations.answer === undefined || history.answer === undefined)) return undefined;
  const isSeen = rotations.answer !== undefined && lastSeenByOrigin(rotations.answer).size > 0;
  return [
    {
      title: 'Allow your first site',
      help: 'Nobody can show the widget before.',
      isDone: view.published.value.settings.allowlist.length > 0,
      action: { label: 'Open Sites', run: () => view.go('sites') },
    },
    {
      title: 'Put the snippet on it',
      help: 'Done when a page of yours has asked for the widget.',
      isDone: isSeen,
    },
    {
      title: 'Send a first message',
      help: 'Open the widget on your site and ask something.',
      isDone: (history.answer?.totals.messages ?? 0) > 0,
    },
  ];
}

function askHistory(view: View) {
  const to = new Date(view.now());
  const from = new Date(to.getTime() - LOOKED_BACK_DAYS * DAY_MS);
  return getAnalytics(view.api, { from, to, unit: 'day' });
}
