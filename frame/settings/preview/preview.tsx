import { type Signal, useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Configuration } from '../../../shared/configuration.ts';
import type { Mode } from '../../../shared/contrast.ts';
import { ICON_PATHS } from '../../../shared/launcher-icon.ts';
import { accentColours } from '../../ui/theme.ts';
import { splitRoute } from '../state/router.ts';
import { Segmented } from '../ui/choices.tsx';
import { Locked } from '../ui/locked.tsx';
import type { View } from '../view.ts';
import { previewConfiguration } from './preview-configuration.ts';
import { PreviewFrame } from './preview-frame.tsx';

type Size = 'desktop' | 'phone';

const SIZES = [
  { value: 'desktop', label: 'Desktop' },
  { value: 'phone', label: 'Phone' },
] as const;

const MODES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** The real chat, looking and answering as the draft says, in the sizes and modes that visitors have. */
export function Preview({ view }: { view: View }) {
  const size = useSignal<Size>('desktop');
  const wanted = useSignal<Mode | undefined>(undefined);
  const restarts = useSignal(0);
  const trouble = useSignal<string | undefined>(undefined);
  const isDrawn = useSignal(false);
  const last = useRef<Configuration | undefined>(undefined);
  const configuration = useComputed(() => {
    const [page, rest] = splitRoute(view.route.value);
    const locale = page === 'texts' ? rest : '';
    const next = previewConfiguration(view.draft.settings.value, { locale, mode: wanted.value });
    return next ?? last.current;
  });
  last.current = configuration.value;
  const shown = configuration.value;
  const mode = wanted.value ?? shownMode(shown);
  const radius = size.value === 'phone' ? 0 : (shown?.theme.radius ?? 0);

  // A document more in the page takes a task of its own, after everything around it is drawn.
  useEffect(() => {
    const timer = setTimeout(() => {
      isDrawn.value = true;
    });
    return () => clearTimeout(timer);
  }, [isDrawn]);

  return (
    <Locked reason={undefined}>
      <PreviewBar size={size} mode={mode} wanted={wanted} />
      <div class={`preview-stage ${size.value}`} data-position={shown?.theme.position ?? 'end'}>
        {isDrawn.value ? (
          <PreviewFrame
            key={restarts.value}
            view={view}
            configuration={configuration}
            trouble={trouble}
            radius={radius}
            onEnded={() => {
              restarts.value++;
            }}
          />
        ) : (
          <div class="preview-frame" style={{ borderRadius: `${radius}px` }} />
        )}
        {size.value === 'desktop' && shown !== undefined && <Launcher configuration={shown} mode={mode} />}
      </div>
      {trouble.value !== undefined && (
        <p class="help" role="status">
          {trouble.value}
        </p>
      )}
    </Locked>
  );
}

type BarProps = { readonly size: Signal<Size>; readonly mode: Mode; readonly wanted: Signal<Mode | undefined> };

function PreviewBar({ size, mode, wanted }: BarProps) {
  return (
    <div class="preview-bar">
      <Segmented
        label="Size"
        isLabelHidden
        value={size.value}
        choices={SIZES}
        onSelect={(value) => {
          size.value = value;
        }}
      />
      <Segmented
        label="Mode of the preview"
        isLabelHidden
        value={mode}
        choices={MODES}
        onSelect={(value) => {
          wanted.value = value;
        }}
      />
    </div>
  );
}

/** The mode visitors with the admin's own system would see. */
function shownMode(configuration: Configuration | undefined): Mode {
  const mode = configuration?.theme.mode ?? 'auto';
  if (mode !== 'auto') return mode;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** A picture of the launcher, under the panel it opens. */
function Launcher({ configuration: { theme, launcherIcon }, mode }: { configuration: Configuration; mode: Mode }) {
  const { '--on-accent': stroke = '' } = accentColours(theme.primary, mode);
  return (
    <svg class="preview-launcher" viewBox="0 0 56 56" aria-hidden="true" style={{ background: theme.primary, stroke }}>
      <path d={ICON_PATHS[launcherIcon]} />
    </svg>
  );
}
