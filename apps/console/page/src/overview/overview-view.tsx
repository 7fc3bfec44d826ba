import type { OverviewAnswer } from '../../../src/api/contract/overview.ts';
import { PageHeader } from '../shared/page-header.tsx';
import { Answer, NothingReceived } from '../shared/states.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { useSearchState } from '../shared/use-search.ts';
import { windowSecondsOf } from '../shared/window.ts';
import { WindowPicker } from '../shared/window-picker.tsx';
import { OverviewPanels } from './overview-panels.tsx';
import { ServiceTable } from './service-table.tsx';
import { TotalTiles } from './total-tiles.tsx';

/** All that happens, at a glance; it moves as data comes. */
export function OverviewView() {
  const [params, patch] = useSearchState();
  const windowSeconds = windowSecondsOf(params);
  const query = useAnswer<OverviewAnswer>(
    '/api/overview',
    { windowSeconds: String(windowSeconds) },
    { signals: ['traces', 'logs', 'errors'] },
  );
  return (
    <>
      <PageHeader title="Overview">
        <WindowPicker
          seconds={windowSeconds}
          onChange={(seconds) => patch({ window: String(seconds) })}
        />
      </PageHeader>
      <Answer query={query} what="overview">
        {(overview) =>
          overview.isEmpty ? (
            <NothingReceived what="telemetry" />
          ) : (
            <div className="overview">
              <TotalTiles overview={overview} />
              <ServiceTable overview={overview} />
              <OverviewPanels overview={overview} />
            </div>
          )
        }
      </Answer>
    </>
  );
}
