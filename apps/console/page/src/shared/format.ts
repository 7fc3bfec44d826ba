/** Numbers, times and sizes as the page writes them. Nothing here depends on the reader's locale: a number is read the same by all. */

/** `0.4 ms`, `12 ms`, `1.24 s`, `2 min 5 s`; `–` where there is none. */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return '–';
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms === 0) return '0 ms';
  if (ms < 1) return `${trim(ms * 1000)} µs`;
  if (ms < 999.5) return `${trim(ms)} ms`;
  if (ms < 59_950) return `${trim(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** Three significant digits, without trailing zeros. */
function trim(value: number): string {
  return String(Number(value.toPrecision(value >= 100 ? 4 : 3)));
}

/** `950`, `1.2k`, `3.4M`; small values keep three significant digits. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e9) return `${trim(value / 1e9)}G`;
  if (size >= 1e6) return `${trim(value / 1e6)}M`;
  if (size >= 10_000) return `${trim(value / 1e3)}k`;
  if (Number.isInteger(value)) return String(value);
  if (size !== 0 && size < 1e-4) return value.toExponential(1);
  return String(Number(value.toPrecision(size >= 1000 ? 4 : 3)));
}

/** A ratio of 0..1 as `0 %`, `0.3 %`, `12 %`. */
export function formatPercent(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return '–';
  const percent = ratio * 100;
  if (percent === 0) return '0 %';
  return `${percent < 10 ? Number(percent.toPrecision(2)) : Math.round(percent)} %`;
}

/** A value of a metric in its UCUM unit: seconds are read as times, bytes in powers of 1024. */
export function formatValue(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (unit === 's') return formatDuration(value * 1000);
  if (unit === 'ms') return formatDuration(value);
  if (unit === 'By') return formatBytes(value);
  if (unit === '{USD}') return formatUsd(value);
  const annotation = /^\{(.+)\}$/.exec(unit)?.[1];
  if (annotation !== undefined || unit === '' || unit === '1') return formatNumber(value);
  return `${formatNumber(value)} ${unit}`;
}

export function formatUsd(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  if (value === 0) return '$0';
  return value < 0.01 ? `$${value.toPrecision(2)}` : `$${value.toFixed(2)}`;
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let value = bytes;
  let at = 0;
  while (Math.abs(value) >= 1024 && at < units.length - 1) {
    value /= 1024;
    at += 1;
  }
  return `${at === 0 ? value : trim(value)} ${units[at]}`;
}

/** `07:05:09.123` in the reader's time zone, which is that of the terminal beside the page. */
export function formatTime(timeMs: number): string {
  const time = new Date(timeMs);
  const pad = (value: number, length = 2) => String(value).padStart(length, '0');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => pad(part));
  return `${clock.join(':')}.${pad(time.getMilliseconds(), 3)}`;
}

/** `2026-11-25 07:05:09.123`. */
export function formatDateTime(timeMs: number): string {
  const time = new Date(timeMs);
  const pad = (value: number) => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
  return `${day} ${formatTime(timeMs)}`;
}

/** `now`, `12 s ago`, `5 min ago`, `3 h ago`, `2 d ago`. */
export function formatAgo(timeMs: number, nowMs: number): string {
  const seconds = Math.round((nowMs - timeMs) / 1000);
  if (seconds < 2) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** The first eight digits of an id: enough to tell two apart at sight. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

/** An attribute's value in one line of text; what is no string is JSON. */
export function formatAttribute(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');
}
