import { CLOSE } from '../../ui/icon.tsx';
import type { Notices } from '../state/notices.ts';
import { Button, IconButton } from './button.tsx';

/** What was just done, with the way back. Stays while somebody points at it or has the focus in it. */
export function Toasts({ notices }: { notices: Notices }) {
  return (
    <div
      class="toasts"
      role="status"
      onMouseEnter={() => notices.hold(true)}
      onMouseLeave={() => notices.hold(false)}
      onFocusIn={() => notices.hold(true)}
      onFocusOut={() => notices.hold(false)}
    >
      {notices.toasts.value.map(({ id, text, tone, action }) => (
        <div key={id} class={`toast ${tone}`}>
          <span>{text}</span>
          {action !== undefined && (
            <Button
              kind="bare"
              onClick={() => {
                notices.dismiss(id);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          <IconButton label="Dismiss" shape={CLOSE} onClick={() => notices.dismiss(id)} />
        </div>
      ))}
    </div>
  );
}
