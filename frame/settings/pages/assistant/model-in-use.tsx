import { getInstallation } from '../../api/installation.ts';
import { Loading } from '../../ui/loading.tsx';
import { Section } from '../../ui/section.tsx';
import type { View } from '../../view.ts';

/** Which model answers. It is set where the server runs, so it can be read here and not changed. */
export function ModelInUse({ view }: { view: View }) {
  const { resources, api } = view;
  const installation = resources.use('installation', () => getInstallation(api)).value;
  const { answer } = installation;
  return (
    <Section heading="Model" help="Set by whoever runs the server, with AI_MODEL and AI_BASE_URL.">
      {answer === undefined ? (
        <Loading resource={installation} rows={1} onRetry={() => void resources.reload('installation')} />
      ) : (
        <p>
          {answer.model === null ? (
            'No model: answers are quoted from your articles, with their sources. Instructions and temperature have no effect.'
          ) : (
            <code>{answer.model}</code>
          )}
        </p>
      )}
    </Section>
  );
}
