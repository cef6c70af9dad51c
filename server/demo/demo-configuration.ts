import type { Configuration } from '../../shared/configuration.ts';

/** The look and the words of the widget in the demo shop. */
export const DEMO_CONFIGURATION: Configuration = {
  version: 1,
  locale: 'en',
  theme: {
    primary: '#0f5c6e',
    mode: 'auto',
    radius: 20,
    position: 'end',
    offsetSide: 24,
    offsetBottom: 24,
    zIndex: 2_147_483_000,
  },
  launcherIcon: 'chat',
  texts: {
    name: 'Harbour Outfitters',
    subtitle: 'Answers from the documentation',
    greeting: 'How can we help?',
    greetingDetail: 'Ask about Casement, the widget you are looking at. The answers come from its documentation.',
    placeholder: 'Ask a question',
    notice: 'Answers can be wrong. Check what matters.',
    launcherLabel: 'Open the chat',
    contact: '',
  },
  starterQuestions: [
    'What does Casement cost?',
    'Which browsers are supported?',
    'How does the iframe isolation work?',
    'How do I put it on my site?',
  ],
  features: { chat: true, wallet: false },
};
