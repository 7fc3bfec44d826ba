import type { ReactNode } from 'react';
import { useEffect } from 'react';

/** The title of a view, which is the tab's too, and what one can do there. */
export function PageHeader(props: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children?: ReactNode;
}) {
  const { title, note, children } = props;
  useEffect(() => {
    document.title = `${title} · AIQ console`;
  }, [title]);
  return (
    <header className="page-header">
      <h1>{title}</h1>
      {note && <span className="page-note">{note}</span>}
      <div className="page-actions">{children}</div>
    </header>
  );
}
