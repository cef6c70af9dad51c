import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';

/** What a page holds that is neither published nor in the draft, such as an article that is being written. */
export type Unsaved = {
  /** How many such things there are. */
  readonly count: ReadonlySignal<number>;
  /** Says, as long as `isHeld` is true, that leaving the page would lose `what`, such as "the article". Answers how to end it. */
  holdWhile(what: string, isHeld: () => boolean): () => void;
  /** What would be lost, if anything. */
  readonly what: ReadonlySignal<string | undefined>;
};

export function createUnsaved(): Unsaved {
  const held = signal<readonly { readonly what: string }[]>([]);
  return {
    count: computed(() => held.value.length),
    what: computed(() => held.value[0]?.what),
    holdWhile(what, isHeld) {
      const one = { what };
      const others = () => held.peek().filter((other) => other !== one);
      const stop = effect(() => {
        held.value = isHeld() ? [...others(), one] : others();
      });
      return () => {
        stop();
        held.value = others();
      };
    },
  };
}

/** Tells the dashboard whenever the number of unsaved things changes, so that it can warn before it leaves. */
export function tellUnsaved(
  changes: ReadonlySignal<number>,
  unsaved: Unsaved,
  tell: (count: number) => void,
): () => void {
  const total = computed(() => changes.value + unsaved.count.value);
  return effect(() => tell(total.value));
}
