import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from './api-client.ts';

/** What stands where there is nothing to show, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <p className="state-title">{title}</p>
      {children && <div className="state-text">{children}</div>}
    </div>
  );
}

/** For the whole page before anything was sent. */
export function NothingReceived({ what }: { what: string }) {
  return (
    <Empty title={`No ${what} yet`}>
      <p>With the platform running, make some in another terminal:</p>
      <pre className="command">npx pnpm@12 demo</pre>
    </Empty>
  );
}

export function Loading({ what }: { what: string }) {
  return (
    <div className="state" role="status" aria-label={`Loading ${what}`}>
      <div className="skeleton" />
      <div className="skeleton short" />
    </div>
  );
}

export function Failure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const isGone = error instanceof ApiError && error.status === 0;
  return (
    <div className="state" role="alert">
      <p className="state-title">
        {isGone ? 'The console does not answer' : 'This cannot be shown'}
      </p>
      <div className="state-text">
        <p>{error.message}</p>
        {isGone && (
          <>
            <p>It may have been stopped. Start it again:</p>
            <pre className="command">npx pnpm@12 dev</pre>
          </>
        )}
        <button type="button" className="button" onClick={onRetry}>
          Try again
        </button>
      </div>
    </div>
  );
}

/** Shows an answer, or why there is none; an older answer stays in sight while a newer one fails. */
export function Answer<T>(props: {
  readonly query: UseQueryResult<T, Error>;
  readonly what: string;
  /** Instead of an error where the console has no such thing. */
  readonly missing?: ReactNode;
  readonly children: (answer: T) => ReactNode;
}) {
  const { query, what, missing, children } = props;
  const { error } = query;
  if (missing && error instanceof ApiError && error.status === 404) return missing;
  const isRefused = error instanceof ApiError && error.status > 0;
  if (query.data !== undefined && !isRefused) return children(query.data);
  if (error) return <Failure error={error} onRetry={() => void query.refetch()} />;
  return <Loading what={what} />;
}
