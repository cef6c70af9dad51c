import { FONTS, type Theme } from '../../../../shared/configuration.ts';
import { Segmented } from '../../ui/choices.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Columns, Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import type { View } from '../../view.ts';

type Props = { readonly view: View; readonly set: (part: Partial<Theme>) => void };

const POSITIONS = [
  { value: 'start', label: 'Start' },
  { value: 'end', label: 'End' },
] as const;

const FONT_NAMES: Readonly<Record<Theme['font'], string>> = {
  system: 'Like the system',
  rounded: 'Rounded',
  serif: 'With serifs',
  mono: 'Of one width',
};
const FONT_OPTIONS = FONTS.map((font) => ({ value: font, label: FONT_NAMES[font] }));

/** The highest `z-index` that browsers know. */
const HIGHEST = 2_147_483_647;

/** How the panel is shaped. */
export function ShapeSection({ view, set }: Props) {
  const { draft } = view;
  const { theme } = draft.settings.value;
  return (
    <Section heading="Shape and type" help="How round things are, and what letters they are written in.">
      <Columns>
        <NumberField
          label="Corner radius"
          path="theme.radius"
          unit="px"
          most={40}
          value={theme.radius}
          error={draft.problemOf('theme.radius')}
          onInput={(radius) => set({ radius })}
        />
        <Select
          label="Font"
          path="theme.font"
          help="Of what the visitor’s system has. Nothing is downloaded."
          value={theme.font}
          options={FONT_OPTIONS}
          onSelect={(font) => set({ font })}
        />
      </Columns>
    </Section>
  );
}

/** Where the launcher stands on the page, and what it may cover. */
export function PlaceSection({ view, set }: Props) {
  const { draft } = view;
  const { theme } = draft.settings.value;
  const pixels = (name: 'offsetSide' | 'offsetBottom' | 'zIndex', most: number) => ({
    path: `theme.${name}`,
    most,
    value: theme[name],
    error: draft.problemOf(`theme.${name}`),
    onInput: (value: number) => set({ [name]: value }),
  });
  return (
    <Section heading="Place" help="Where the launcher stands on the page.">
      <Columns>
        <Segmented
          label="Side"
          path="theme.position"
          help="End is the right where text runs from the left."
          value={theme.position}
          choices={POSITIONS}
          onSelect={(position) => set({ position })}
        />
        <NumberField label="Distance from the side" unit="px" {...pixels('offsetSide', 400)} />
        <NumberField
          label="Distance from the bottom"
          unit="px"
          help="Leave room for a cookie bar."
          {...pixels('offsetBottom', 400)}
        />
        <NumberField
          label="Stacking order"
          help="The page’s own layers with a higher number cover the widget."
          {...pixels('zIndex', HIGHEST)}
        />
      </Columns>
    </Section>
  );
}
