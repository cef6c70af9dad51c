import type { LocaleTexts } from '../../../../shared/settings.ts';
import * as firstStrings from '../../../ui/first-strings.ts';

export type TextName = Exclude<keyof LocaleTexts, 'starterQuestions'>;

export type TextFieldSpec = {
  readonly name: TextName;
  readonly label: string;
  readonly help: string;
  /** The frame's own words, which a visitor sees while the default language has none. */
  readonly own?: string;
  /** Whether it may stay empty, so that nothing is shown. */
  readonly isOptional?: boolean;
  readonly isLong?: boolean;
};

export type TextGroup = { readonly heading: string; readonly help: string; readonly fields: readonly TextFieldSpec[] };

/** Every text a visitor reads that is not a question, as the page groups them. */
export const TEXT_GROUPS: readonly TextGroup[] = [
  {
    heading: 'Name and greeting',
    help: 'The first things a visitor reads.',
    fields: [
      { name: 'name', label: 'Name', help: 'In the header of the panel. Your company or your assistant.' },
      {
        name: 'subtitle',
        label: 'Line under the name',
        help: 'What answers come from, for example.',
        isOptional: true,
      },
      { name: 'greeting', label: 'Greeting', help: 'In large letters before the first question.' },
      { name: 'greetingDetail', label: 'Second line', help: 'Under the greeting.', isOptional: true },
    ],
  },
  {
    heading: 'Around the chat',
    help: 'The launcher on your site and the field for the question.',
    fields: [
      { name: 'launcherLabel', label: 'Name of the launcher', help: 'What screen readers say for the round button.' },
      { name: 'placeholder', label: 'Placeholder', help: 'In the empty field.' },
      { name: 'notice', label: 'Line under the field', help: 'What a visitor should know.', isOptional: true },
      {
        name: 'consent',
        label: 'Consent',
        help: 'What visitors agree to by writing. Shown before their first message.',
        isOptional: true,
        isLong: true,
      },
    ],
  },
  {
    heading: 'When something is wrong',
    help: 'Visitors keep what they wrote in all of these cases.',
    fields: [
      { name: 'offline', label: 'Offline', help: 'While the browser has no connection.', own: firstStrings.offline },
      { name: 'error', label: 'No answer', help: 'When no answer comes.', own: firstStrings.unreachable },
      {
        name: 'contact',
        label: 'Contact',
        help: 'Where to turn when the assistant cannot help, such as “Write to help@shop.example”.',
        isOptional: true,
      },
    ],
  },
];
