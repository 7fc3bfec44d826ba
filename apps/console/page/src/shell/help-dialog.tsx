import { useEffect, useRef } from 'react';
import { goKeys } from './keyboard.ts';

const keys = [
  ['/', 'search'],
  ['j  k', 'next and previous row'],
  ['Enter', 'open the row'],
  ['Esc', 'close, or leave the field'],
  ['p', 'pause and resume'],
  ['?', 'this help'],
] as const;

const traceKeys = [
  ['h  l', 'close and open what is below a span'],
  ['c', 'critical path'],
] as const;

export function HelpDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} className="help" onClose={onClose} aria-labelledby="help-title">
      <h2 id="help-title">Keys</h2>
      <div className="help-columns">
        <KeyList title="Everywhere" keys={keys} />
        <KeyList
          title="Go to"
          keys={Object.entries(goKeys).map(([key, { label }]) => [`g ${key}`, label] as const)}
        />
        <KeyList title="In a trace" keys={traceKeys} />
      </div>
      <form method="dialog">
        <button type="submit" className="button">
          Close
        </button>
      </form>
    </dialog>
  );
}

function KeyList(props: { title: string; keys: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h3>{props.title}</h3>
      <dl>
        {props.keys.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
