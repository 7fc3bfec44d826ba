import { formatAgo, formatDateTime } from './format.ts';
import { useNow } from './use-now.ts';

/** How long ago; the moment itself when pointed at. */
export function Ago({ time }: { time: string | null }) {
  const now = useNow();
  if (time === null) return <span className="muted">–</span>;
  const timeMs = Date.parse(time);
  return (
    <time dateTime={time} title={formatDateTime(timeMs)} className="nowrap">
      {formatAgo(timeMs, now)}
    </time>
  );
}
