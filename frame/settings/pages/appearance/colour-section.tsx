import type { Theme } from '../../../../shared/configuration.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { ColourField } from '../../ui/colour-field.tsx';
import { Chip } from '../../ui/marks.tsx';
import { Columns, Section } from '../../ui/section.tsx';
import type { View } from '../../view.ts';
import { contrastPairs, nearestPassing } from './contrast-pairs.ts';

type Props = { readonly view: View; readonly set: (part: Partial<Theme>) => void };

const MODES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'Like the system' },
] as const;

/** The accent, the mode, and whether what follows from them can be read. */
export function ColourSection({ view, set }: Props) {
  const { theme } = view.draft.settings.value;
  const error = view.draft.problemOf('theme.primary');
  return (
    <Section heading="Colour" help="One accent; the rest follows from it.">
      <Columns>
        <ColourField
          label="Accent"
          path="theme.primary"
          value={theme.primary}
          error={error}
          onInput={(primary) => set({ primary })}
        />
        <Segmented
          label="Mode"
          path="theme.mode"
          value={theme.mode}
          choices={MODES}
          onSelect={(mode) => set({ mode })}
        />
      </Columns>
      {error === undefined && <Contrasts theme={theme} set={set} />}
    </Section>
  );
}

const GROUNDS = { light: 'On light', dark: 'On dark' } as const;
const MODES_SHOWN = ['light', 'dark'] as const;

function Contrasts({ theme, set }: { theme: Theme; set: Props['set'] }) {
  const pairs = contrastPairs(theme);
  const passing = nearestPassing(theme);
  return (
    <div class="contrasts">
      <dl aria-label="Contrast">
        {MODES_SHOWN.filter((mode) => pairs.some((pair) => pair.mode === mode)).map((mode) => (
          <div key={mode}>
            <dt>{GROUNDS[mode]}</dt>
            {pairs
              .filter((pair) => pair.mode === mode)
              .map(({ name, ratio, least, verdict }) => (
                <dd key={name} title={`${name} need ${least} : 1`}>
                  <Chip tone={verdict === 'fails' ? 'warn' : 'ok'}>
                    {name} {ratio.toFixed(1)} : 1 {verdict}
                  </Chip>
                </dd>
              ))}
          </div>
        ))}
      </dl>
      {passing !== undefined && (
        <div class="contrast-fix">
          <span>Buttons in this colour are hard to see.</span>
          <Button onClick={() => set({ primary: passing })}>
            <span class="contrast-swatch" style={{ background: passing }} />
            <span>
              Use <code>{passing}</code>, the nearest that passes
            </span>
          </Button>
        </div>
      )}
    </div>
  );
}
