import type { Configuration } from '../../../shared/configuration.ts';
import { offline } from '../../ui/first-strings.ts';
import { Icon, WARNING } from '../../ui/icon.tsx';
import type { Chat } from '../chat.ts';

/** Says above the composer what does not work, and what that means for what was written. */
export function TroubleLine({ chat, texts }: { chat: Chat; texts: Configuration['texts'] }) {
  const trouble = chat.trouble.value;
  const text = chat.isOnline.value ? trouble?.text : texts.offline || offline;
  const wayOut = chat.isOnline.value && trouble?.wayOut;
  return (
    <div class="trouble" role="status">
      {text && (
        <p>
          <Icon shape={WARNING} />
          <span>{text}</span>
          {wayOut && (
            <button type="button" class="plain" onClick={wayOut.take}>
              {wayOut.label}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
