import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';

/** A scrolled list that draws only the rows in sight; all have one height. */
export function VirtualRows(props: {
  readonly count: number;
  readonly rowHeight: number;
  /** What kind of list it is, in words. */
  readonly label: string;
  /** Kept in sight when it changes. */
  readonly selectedIndex: number;
  readonly renderRow: (index: number) => ReactNode;
  readonly className?: string;
  readonly header?: ReactNode;
}) {
  const { count, rowHeight, label, selectedIndex, renderRow, className = '', header } = props;
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtualizer]);
  return (
    <section
      ref={scroller}
      className={`virtual-rows ${className}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
    >
      {header}
      <div className="virtual-space" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => (
          <div
            key={key}
            className="virtual-row"
            style={{ height: rowHeight, transform: `translateY(${start}px)` }}
          >
            {renderRow(index)}
          </div>
        ))}
      </div>
    </section>
  );
}
