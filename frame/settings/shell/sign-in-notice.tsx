import type { SignIn } from '../state/sign-in.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/marks.tsx';

/** Says that nothing can be asked of the server until the dashboard gives a token again. */
export function SignInNotice({ signIn, hasChanges }: { signIn: SignIn; hasChanges: boolean }) {
  if (!signIn.hasEnded.value) return null;
  return (
    <div class="banner">
      <Notice tone="warn" heading="Your sign-in has ended" actions={<Button onClick={signIn.resume}>Try again</Button>}>
        {hasChanges ? 'Your unpublished changes are safe here. ' : ''}Sign in to your dashboard, and this page goes on.
      </Notice>
    </div>
  );
}
