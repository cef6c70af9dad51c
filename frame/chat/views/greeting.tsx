import { Arrow } from '../../ui/arrow.tsx';
import { FORWARD } from '../../ui/late-icons.ts';
import type { ContentProps } from './content.tsx';

/** The empty state: a greeting at the bottom, where the conversation begins, and questions to begin it with. */
export function Greeting({ chat }: Pick<ContentProps, 'chat'>) {
  const { texts, starterQuestions } = chat.configuration.value;

  function ask(question: string): void {
    chat.edit(question);
    chat.send();
  }

  return (
    <div class="greeting">
      <h2 dir="auto">
        {texts.greeting}
        {texts.greetingDetail && <span class="detail">{texts.greetingDetail}</span>}
      </h2>
      {starterQuestions.map((question) => (
        <button key={question} type="button" class="row" onClick={() => ask(question)}>
          <span dir="auto">{question}</span>
          <Arrow shape={FORWARD} />
        </button>
      ))}
      {texts.consent && (
        <p class="consent" dir="auto">
          {texts.consent}
        </p>
      )}
    </div>
  );
}
