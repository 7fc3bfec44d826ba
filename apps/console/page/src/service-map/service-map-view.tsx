import type { ServiceMapAnswer } from '../../../src/api/contract/overview.ts';
import { PageHeader } from '../shared/page-header.tsx';
import { Answer, NothingReceived } from '../shared/states.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { useSearchState } from '../shared/use-search.ts';
import { windowSecondsOf } from '../shared/window.ts';
import { WindowPicker } from '../shared/window-picker.tsx';
import { CallTable } from './call-table.tsx';
import { MapDrawing } from './map-drawing.tsx';

/** Who calls whom, how often, how well: as a drawing, and as a table that says the same. */
export function ServiceMapView() {
  const [params, patch] = useSearchState();
  const windowSeconds = windowSecondsOf(params);
  const query = useAnswer<ServiceMapAnswer>(
    '/api/service-map',
    { windowSeconds: String(windowSeconds) },
    { signals: ['traces'] },
  );
  return (
    <>
      <PageHeader title="Service map">
        <WindowPicker
          seconds={windowSeconds}
          onChange={(seconds) => patch({ window: String(seconds) })}
        />
      </PageHeader>
      <Answer query={query} what="service map">
        {(map) =>
          map.nodes.length === 0 ? (
            <NothingReceived what="calls in this window" />
          ) : (
            <div className="service-map">
              <MapDrawing map={map} />
              <CallTable map={map} />
            </div>
          )
        }
      </Answer>
    </>
  );
}
