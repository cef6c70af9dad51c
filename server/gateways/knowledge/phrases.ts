import { languageOf } from './stop-words.ts';
import { wordsOf } from './words.ts';

/** What the assistant says in its own words; everything else it says is quoted. */
export type Phrases = {
  readonly nothingFound: string;
  /** Before a passage that only covers a part of the question. */
  readonly closest: string;
  /** To a question that says nothing to look for, such as "Hello?" */
  readonly ask: string;
};

const PHRASES = {
  en: {
    nothingFound: 'I found nothing about that in the articles I know. Asking it in other words may help.',
    closest: 'I am not sure that this answers your question. It is the closest I found:',
    ask: 'What would you like to know? I look it up in the articles I know and quote what they say.',
  },
  de: {
    nothingFound:
      'Dazu habe ich in den Artikeln, die ich kenne, nichts gefunden. Vielleicht hilft es, anders zu fragen.',
    closest: 'Ich bin nicht sicher, ob das Ihre Frage beantwortet. Am nächsten kommt:',
    ask: 'Was möchten Sie wissen? Ich sehe in den Artikeln nach, die ich kenne, und zitiere, was dort steht.',
  },
  fr: {
    nothingFound:
      "Je n'ai rien trouvé à ce sujet dans les articles que je connais. Essayez peut-être avec d'autres mots.",
    closest: 'Je ne suis pas sûr que cela réponde à votre question. Voici ce qui s’en approche le plus :',
    ask: 'Que souhaitez-vous savoir ? Je cherche dans les articles que je connais et je cite ce qu’ils disent.',
  },
  es: {
    nothingFound:
      'No he encontrado nada sobre eso en los artículos que conozco. Quizá ayude preguntarlo de otra forma.',
    closest: 'No estoy seguro de que esto responda a su pregunta. Es lo más cercano que he encontrado:',
    ask: '¿Qué le gustaría saber? Lo busco en los artículos que conozco y cito lo que dicen.',
  },
} as const satisfies Record<string, Phrases>;

/** In the language of the question if it can be told and is known, else in the widget's, else in English. */
export function phrasesFor(question: string, locale: string): Phrases {
  const language = languageOf(wordsOf(question)) ?? locale.split('-', 1)[0] ?? '';
  return isKnown(language) ? PHRASES[language] : PHRASES.en;
}

function isKnown(language: string): language is keyof typeof PHRASES {
  return Object.hasOwn(PHRASES, language);
}
