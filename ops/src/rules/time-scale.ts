/** A length of time as Prometheus writes it, in one unit: `90s`, `5m`, `28d`. */
export type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`;

/** How long the windows, waits and intervals of rules are: as named, or all shorter by one factor. */
export interface Time {
  /** A length as a rule is to have it, in Prometheus' notation. */
  length(duration: Duration): string;
  /** The same in seconds. */
  seconds(duration: Duration): number;
}

const unitSeconds = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/**
 * @param scale 1 for rules that are shipped; 1/60 makes an hour a minute, for rules that are watched in a test.
 * @throws {RangeError} For a scale that is not above 0 and at most 1.
 */
export function createTime(scale: number): Time {
  if (!(scale > 0 && scale <= 1)) {
    throw new RangeError(`expected a time scale above 0 and at most 1, got ${scale}`);
  }
  const seconds = (duration: Duration): number => parseDuration(duration) * scale;
  return { seconds, length: (duration) => formatSeconds(seconds(duration)) };
}

function parseDuration(duration: Duration): number {
  const unit = duration.at(-1) as keyof typeof unitSeconds;
  return Number(duration.slice(0, -1)) * unitSeconds[unit];
}

/** Prometheus takes whole numbers only: the largest unit that divides it, milliseconds at least. */
function formatSeconds(seconds: number): string {
  const milliseconds = Math.max(1, Math.round(seconds * 1_000));
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const length = unitSeconds[unit] * 1_000;
    if (milliseconds % length === 0) return `${milliseconds / length}${unit}`;
  }
  return `${milliseconds}ms`;
}
