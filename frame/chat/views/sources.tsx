import type { Signal } from '@preact/signals';
import type { Citation } from '../../../shared/chat.ts';
import { checkLink } from '../../markdown/link-target.ts';
import { LinkStrip } from '../../markdown/link-view.tsx';
import { visibleText } from '../../markdown/visible-text.ts';
import { Arrow } from '../../ui/arrow.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EXPAND, OPEN_PAGE } from '../../ui/late-icons.ts';
import * as strings from '../../ui/strings.ts';

type SourcesProps = {
  readonly citations: readonly Citation[];
  /** The number of the source whose excerpt is shown. */
  readonly openSource: Signal<number | undefined>;
  readonly sourceId: (number: number) => string;
  readonly siteOrigin: string;
};

/** The sources of a reply. One on the embedding site opens its page; any other shows what it says, and where it is. */
export function Sources({ citations, openSource, sourceId, siteOrigin }: SourcesProps) {
  return (
    <ol class="sources" aria-label={strings.sources}>
      {citations.map((citation) => (
        <li key={citation.number}>
          <SourceRow
            citation={citation}
            id={sourceId(citation.number)}
            isOpen={openSource.value === citation.number}
            siteOrigin={siteOrigin}
            onToggle={() => {
              openSource.value = openSource.value === citation.number ? undefined : citation.number;
            }}
          />
        </li>
      ))}
    </ol>
  );
}

type SourceRowProps = {
  readonly citation: Citation;
  readonly id: string;
  readonly isOpen: boolean;
  readonly siteOrigin: string;
  readonly onToggle: () => void;
};

function SourceRow({ citation, id, isOpen, siteOrigin, onToggle }: SourceRowProps) {
  const title = visibleText(citation.title);
  const target = citation.url === undefined ? undefined : checkLink(citation.url, '', siteOrigin);
  const words = (
    <>
      <b>{citation.number}</b>
      <span dir="auto">{title}</span>
    </>
  );
  if (target?.isDirect) {
    return (
      <a id={id} class="source" href={target.href} target="_blank" rel="noopener noreferrer" title={target.href}>
        {words}
        <Arrow shape={OPEN_PAGE} />
        <span class="unseen">{strings.opensPage}</span>
      </a>
    );
  }
  return (
    <>
      <button id={id} type="button" class="source" aria-expanded={isOpen} onClick={onToggle}>
        {words}
        <Icon shape={EXPAND} />
      </button>
      {isOpen && (
        <div class="excerpt">
          <blockquote dir="auto">{visibleText(citation.excerpt)}</blockquote>
          {target && <LinkStrip target={target} />}
        </div>
      )}
    </>
  );
}
