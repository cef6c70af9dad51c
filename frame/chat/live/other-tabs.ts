/** The widget's frames in other tabs of this browser, on the same site. */
export type OtherTabs = {
  /** Tells them that the visitor has logged out. */
  tellLeft(): void;
  /** Calls `listener` when one of them tells so. */
  onLeft(listener: () => void): void;
};

const LEFT = 'left';

/**
 * Frames of one `name` hear each other: only documents of the widget's own origin below the same top-level site can be
 * among them (https://storage.spec.whatwg.org/#storage-key). Where storage is blocked each is alone, and finds out at its
 * next call that its session has ended.
 */
export function createOtherTabs(name: string): OtherTabs {
  const channel = openChannel(name);
  return {
    tellLeft: () => channel?.postMessage(LEFT),
    onLeft(listener) {
      channel?.addEventListener('message', ({ data }) => {
        if (data === LEFT) listener();
      });
    },
  };
}

function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}
