import type { Refusals } from '../policy/refusals.ts';
import { type Labels, type LabelValue, type MetricSpec, openLabel } from './metric.ts';

/** What a value outside its closed set is recorded as. */
export const otherValue = 'other';

/** What leaves a label out where its set names it: to Prometheus an empty label is an absent one. */
const absentValue = '';

/** Names one label set of one metric: a number where all labels are closed, which no text has to be built for. */
export type SeriesKey = string | number;

export interface LabelReader {
  /** The same for the same label set. Counts what is unexpected. */
  keyOf(labels: Labels): SeriesKey;
  /** What a series of these labels carries; asked once for each series. */
  attributesOf(labels: Labels): Record<string, LabelValue>;
}

/**
 * Reads a call's labels in the order of the definition: unexpected values become `other`, unexpected
 * labels are left out.
 */
export function createLabelReader(spec: MetricSpec, refusals: Refusals): LabelReader {
  let stride = 1;
  const allowed = Object.entries(spec.labels).map(([name, values]) => {
    if (values === openLabel) return { name, positions: undefined, other: 0, stride: 0 };
    const positions = new Map<unknown, number>(values.map((value, index) => [value, index]));
    const label = { name, positions, other: positions.get(otherValue) ?? values.length, stride };
    stride *= values.length + 1;
    return label;
  });
  const hasOpen = allowed.some(({ positions }) => positions === undefined);

  return {
    keyOf(labels) {
      let closed = 0;
      let open = '';
      let present = 0;
      for (const label of allowed) {
        const value = labels[label.name];
        if (value !== undefined) present += 1;
        if (label.positions === undefined) {
          open += isLabelValue(value) ? `\u0000${value}` : '\u0001';
          continue;
        }
        const position = label.positions.get(value);
        if (position === undefined) refuseValue(label.name, value);
        closed += (position ?? label.other) * label.stride;
      }
      for (const name in labels) if (labels[name] !== undefined) present -= 1;
      if (present !== 0) refuseUnknown(labels);
      return hasOpen ? `${closed}${open}` : closed;
    },
    attributesOf(labels) {
      const attributes: Record<string, LabelValue> = {};
      for (const { name, positions } of allowed) {
        const value = labels[name];
        if (positions !== undefined) {
          const recorded = positions.has(value) ? String(value) : otherValue;
          if (recorded !== absentValue) attributes[name] = recorded;
        } else if (isLabelValue(value)) {
          attributes[name] = value;
        }
      }
      return attributes;
    },
  };

  function refuseValue(name: string, value: LabelValue | undefined): void {
    const reason = value === undefined ? 'label_missing' : 'label_value_unknown';
    refusals.count(reason, `${spec.name} ${name}`);
  }

  function refuseUnknown(labels: Labels): void {
    for (const name of Object.keys(labels)) {
      if (Object.hasOwn(spec.labels, name)) continue;
      refusals.count('label_unknown', `${spec.name} ${name.slice(0, 64)}`);
    }
  }
}

function isLabelValue(value: unknown): value is LabelValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
