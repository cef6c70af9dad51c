import type { ReadonlySignal } from '@preact/signals';
import { sentenceOf } from '../api/admin-api-error.ts';
import type { Notices } from '../state/notices.ts';
import type { SignIn } from '../state/sign-in.ts';
import { Button } from '../ui/button.tsx';
import type { ConfirmDialogs } from '../ui/confirm.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { Notice } from '../ui/marks.tsx';
import type { View } from '../view.ts';
import { Shell } from './shell.tsx';
import { SignInNotice } from './sign-in-notice.tsx';

export type AppState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'failed'; readonly error: unknown; readonly onRetry: () => void }
  | { readonly kind: 'ready'; readonly view: View };

export type AppParts = {
  readonly state: ReadonlySignal<AppState>;
  readonly signIn: SignIn;
  readonly notices: Notices;
  readonly dialogs: ConfirmDialogs;
};

/** The whole view, from the first moment on. */
export function App({ state, ...parts }: AppParts) {
  const now = state.value;
  if (now.kind === 'ready') return <Shell view={now.view} {...parts} />;
  return (
    <div class="main">
      <SignInNotice signIn={parts.signIn} hasChanges={false} />
      <div class="page-body">
        {now.kind === 'starting' ? (
          <Skeleton />
        ) : (
          <Notice
            tone="danger"
            heading="The settings cannot be shown"
            actions={<Button onClick={now.onRetry}>Try again</Button>}
          >
            {sentenceOf(now.error)}
          </Notice>
        )}
      </div>
    </div>
  );
}
