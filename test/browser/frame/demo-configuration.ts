import type { Configuration } from '../../../shared/configuration.ts';

/** A widget as a company might set it up. */
export const DEMO_CONFIGURATION: Configuration = {
  version: 1,
  locale: 'en',
  theme: {
    primary: '#0059ff',
    mode: 'light',
    radius: 20,
    font: 'system',
    position: 'end',
    offsetSide: 24,
    offsetBottom: 24,
    zIndex: 1,
  },
  launcherIcon: 'chat',
  texts: {
    name: 'Harbour Outfitters',
    subtitle: 'Answers from our help pages',
    greeting: 'Hello.',
    greetingDetail: 'What can we find for you?',
    placeholder: 'Ask a question',
    notice: 'AI can be wrong. Check what matters.',
    launcherLabel: 'Open the chat',
    contact: 'Write to help@shop.example.',
    offline: '',
    error: '',
    consent: '',
  },
  starterQuestions: ['Where is my order?', 'How do returns work?', 'Which jacket for rain and wind?'],
  features: { chat: true, wallet: false },
};
