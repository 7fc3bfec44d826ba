import { useEffect, useState } from 'react';
import { shortId } from './format.ts';

/** An id that a click puts into the clipboard, whole. */
export function CopyId({
  id,
  label,
  isLong = false,
}: {
  id: string;
  label: string;
  isLong?: boolean;
}) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    navigator.clipboard.writeText(id).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" className="copy-id" title={`Copy ${label} ${id}`} onClick={copy}>
      <span className="mono">{isLong ? id : shortId(id)}</span>
      <span className="copy-mark" aria-live="polite">
        {isCopied ? 'copied' : 'copy'}
      </span>
    </button>
  );
}
