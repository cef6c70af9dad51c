import type { Configuration } from '../../../shared/configuration.ts';
import { close, preview } from '../../ui/first-strings.ts';
import { CLOSE, Icon } from '../../ui/icon.tsx';
import { Monogram } from '../../ui/monogram.tsx';
import type { Chat } from '../chat.ts';

type HeaderProps = {
  readonly chat: Chat;
  readonly texts: Configuration['texts'];
  /** Set if it is not the widget itself but a preview of it. */
  readonly isPreview: boolean;
  readonly onClose: () => void;
};

/** Whose chat it is. The menu comes a moment later, into the place that is kept for it. */
export function Header({ chat, texts, isPreview, onClose }: HeaderProps) {
  const Menu = chat.parts.value?.Menu;
  return (
    <header class="header">
      <Monogram name={texts.name} />
      <div class="title" dir="auto">
        <h1>{texts.name}</h1>
        {texts.subtitle && <p>{texts.subtitle}</p>}
      </div>
      {isPreview && <span class="mark">{preview}</span>}
      {Menu && <Menu chat={chat} />}
      <button type="button" class="quiet" aria-label={close} onClick={onClose}>
        <Icon shape={CLOSE} />
      </button>
    </header>
  );
}
