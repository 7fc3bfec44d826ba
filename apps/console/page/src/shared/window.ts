/** How far back a view looks. */
export const windows = [
  { seconds: 300, label: '5 min' },
  { seconds: 900, label: '15 min' },
  { seconds: 3_600, label: '1 h' },
  { seconds: 21_600, label: '6 h' },
  { seconds: 86_400, label: '24 h' },
] as const;

const byDefault = 900;

/** The window that the address names, or 15 minutes. */
export function windowSecondsOf(params: URLSearchParams): number {
  const wanted = Number(params.get('window'));
  return windows.find(({ seconds }) => seconds === wanted)?.seconds ?? byDefault;
}
