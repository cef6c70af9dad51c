import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings.ts';

/** The look and the words of the widget in the demo shop. */
export const DEMO_SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  theme: { ...DEFAULT_SETTINGS.theme, primary: '#0f5c6e' },
  defaultLocale: 'en',
  locales: {
    en: {
      name: 'Harbour Outfitters',
      subtitle: 'Answers from the documentation',
      greeting: 'How can we help?',
      greetingDetail: 'Ask about this chat widget.',
      starterQuestions: [
        'What does Casement cost?',
        'Which browsers are supported?',
        'How does the iframe isolation work?',
        'How do I put it on my site?',
      ],
      placeholder: 'Ask a question',
      notice: 'Answers can be wrong. Check what matters.',
      launcherLabel: 'Open the chat',
      contact: '',
      offline: '',
      error: '',
      consent: '',
    },
  },
  assistant: {
    instructions:
      'You answer questions about Casement, a self-hosted AI chat widget. Use only what the articles say, be brief, ' +
      'and say so when they do not answer the question.',
    temperature: 0.2,
  },
};
