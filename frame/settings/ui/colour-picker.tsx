import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { formatHex, parseColour } from '../../../shared/colour.ts';
import { fromHsv, type Hsv, toHsv } from './hsv.ts';

type Props = {
  /** `#rrggbb` */
  readonly colour: string;
  readonly onPick: (colour: string) => void;
};

/** What an arrow key moves, and with Shift. */
const STEP = 0.01;
const BIG_STEP = 0.1;

/** An area of shades and a bar of hues, each worked by pointer and by arrow keys. */
export function ColourPicker({ colour, onPick }: Props) {
  const picked = useSignal({ colour, hsv: toHsv(parseColour(colour)) });
  // A grey has no hue of its own: the one that was chosen stays until the colour comes from elsewhere.
  const hsv = picked.value.colour === colour ? picked.value.hsv : toHsv(parseColour(colour));

  function pick(part: Partial<Hsv>): void {
    const next = { ...hsv, ...part };
    const hex = formatHex(fromHsv(next));
    picked.value = { colour: hex, hsv: next };
    onPick(hex);
  }

  return (
    <div class="picker">
      <ShadeArea hsv={hsv} colour={colour} onPick={pick} />
      <HueBar hsv={hsv} onPick={pick} />
    </div>
  );
}

type PartProps = { readonly hsv: Hsv; readonly onPick: (part: Partial<Hsv>) => void };

function ShadeArea({ hsv, colour, onPick }: PartProps & { readonly colour: string }) {
  const drag = useDrag((x, y) => onPick({ saturation: x, value: 1 - y }));
  const percent = (share: number) => `${Math.round(share * 100)}%`;

  function press(event: KeyboardEvent): void {
    const step = event.shiftKey ? BIG_STEP : STEP;
    const moves: Readonly<Record<string, Partial<Hsv>>> = {
      ArrowLeft: { saturation: clamp(hsv.saturation - step) },
      ArrowRight: { saturation: clamp(hsv.saturation + step) },
      ArrowDown: { value: clamp(hsv.value - step) },
      ArrowUp: { value: clamp(hsv.value + step) },
    };
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    onPick(move);
  }

  return (
    <div
      class="picker-area"
      style={{ background: formatHex(fromHsv({ hue: hsv.hue, saturation: 1, value: 1 })) }}
      {...drag}
    >
      <div
        class="picker-thumb"
        role="slider"
        tabIndex={0}
        aria-label="Shade"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(hsv.saturation * 100)}
        aria-valuetext={`saturation ${percent(hsv.saturation)}, brightness ${percent(hsv.value)}`}
        style={{ left: percent(hsv.saturation), top: percent(1 - hsv.value), background: colour }}
        onKeyDown={press}
      />
    </div>
  );
}

function HueBar({ hsv, onPick }: PartProps) {
  const drag = useDrag((x) => onPick({ hue: Math.min(359, x * 360) }));

  function press(event: KeyboardEvent): void {
    const sign = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (sign === undefined) return;
    event.preventDefault();
    onPick({ hue: Math.min(359, Math.max(0, hsv.hue + sign * (event.shiftKey ? 10 : 1))) });
  }

  return (
    <div class="picker-hue" {...drag}>
      <div
        class="picker-thumb"
        role="slider"
        tabIndex={0}
        aria-label="Hue"
        aria-valuemin={0}
        aria-valuemax={359}
        aria-valuenow={Math.round(hsv.hue)}
        style={{
          left: `${hsv.hue / 3.6}%`,
          top: '50%',
          background: formatHex(fromHsv({ ...hsv, saturation: 1, value: 1 })),
        }}
        onKeyDown={press}
      />
    </div>
  );
}

/** Follows the pointer from where it goes down until it comes up, in shares of the element from its left and top. */
function useDrag(move: (x: number, y: number) => void) {
  const isDown = useRef(false);

  function follow(event: PointerEvent & { readonly currentTarget: HTMLElement }): void {
    if (!isDown.current) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    move(clamp((event.clientX - left) / width), clamp((event.clientY - top) / height));
  }

  return {
    onPointerDown(event: PointerEvent & { readonly currentTarget: HTMLElement }) {
      isDown.current = true;
      event.currentTarget.setPointerCapture(event.pointerId);
      event.currentTarget.querySelector<HTMLElement>('[role=slider]')?.focus();
      event.preventDefault();
      follow(event);
    },
    onPointerMove: follow,
    onPointerUp() {
      isDown.current = false;
    },
  };
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
