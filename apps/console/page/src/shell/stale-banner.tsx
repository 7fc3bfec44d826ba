import { formatTime } from '../shared/format.ts';
import { useLive } from '../shared/live.ts';

/** Says so when the console is gone: what is in sight is of an earlier time. */
export function StaleBanner() {
  const { connection, heardAtMs } = useLive();
  if (connection !== 'lost') return null;
  return (
    <div className="stale" role="alert">
      <span aria-hidden="true">▲</span>
      <span>
        The console does not answer
        {heardAtMs !== null && `; what is shown is of ${formatTime(heardAtMs).slice(0, 8)}`}. It is
        asked again by itself. If it was stopped: <code>npx pnpm@12 dev</code>
      </span>
    </div>
  );
}
