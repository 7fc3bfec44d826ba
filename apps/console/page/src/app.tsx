import { useCallback, useState } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { ErrorGroupView } from './errors/error-group-view.tsx';
import { ErrorsView } from './errors/errors-view.tsx';
import { LogsView } from './logs/logs-view.tsx';
import { MetricsView } from './metrics/metrics-view.tsx';
import { OverviewView } from './overview/overview-view.tsx';
import { RunView } from './runs/run-view.tsx';
import { RunsView } from './runs/runs-view.tsx';
import { ServiceMapView } from './service-map/service-map-view.tsx';
import { SessionView } from './sessions/session-view.tsx';
import { SessionsView } from './sessions/sessions-view.tsx';
import { useLive } from './shared/live.ts';
import { Empty } from './shared/states.tsx';
import { ErrorBoundary } from './shell/error-boundary.tsx';
import { HelpDialog } from './shell/help-dialog.tsx';
import { useGlobalKeys } from './shell/keyboard.ts';
import { Sidebar } from './shell/sidebar.tsx';
import { StaleBanner } from './shell/stale-banner.tsx';
import { TraceView } from './traces/trace-view.tsx';
import { TracesView } from './traces/traces-view.tsx';

/** The frame of every view, and which view stands at which address. */
export function App() {
  const [path, navigate] = useLocation();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const { isPaused, setPaused } = useLive();
  useGlobalKeys({
    go: navigate,
    toggleHelp: () => setHelpOpen((isOpen) => !isOpen),
    togglePause: () => setPaused(!isPaused),
  });
  const closeHelp = useCallback(() => setHelpOpen(false), []);
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <Sidebar path={path} onHelp={() => setHelpOpen(true)} />
      <main id="main" tabIndex={-1}>
        <StaleBanner />
        <ErrorBoundary key={path}>
          <Views />
        </ErrorBoundary>
      </main>
      <HelpDialog isOpen={isHelpOpen} onClose={closeHelp} />
    </div>
  );
}

function Views() {
  return (
    <Switch>
      <Route path="/" component={OverviewView} />
      <Route path="/traces" component={TracesView} />
      <Route path="/traces/:id">{({ id }) => <TraceView key={id} traceId={id} />}</Route>
      <Route path="/service-map" component={ServiceMapView} />
      <Route path="/metrics" component={MetricsView} />
      <Route path="/logs" component={LogsView} />
      <Route path="/errors" component={ErrorsView} />
      <Route path="/errors/:fingerprint">
        {({ fingerprint }) => (
          <ErrorGroupView key={fingerprint} fingerprint={decodeURIComponent(fingerprint)} />
        )}
      </Route>
      <Route path="/runs" component={RunsView} />
      <Route path="/runs/:id">{({ id }) => <RunView key={id} id={decodeURIComponent(id)} />}</Route>
      <Route path="/sessions" component={SessionsView} />
      <Route path="/sessions/:id">
        {({ id }) => <SessionView key={id} id={decodeURIComponent(id)} />}
      </Route>
      <Route>
        <Empty title="There is no such view">
          <p>
            <Link href="/">Go to the overview</Link>
          </p>
        </Empty>
      </Route>
    </Switch>
  );
}
