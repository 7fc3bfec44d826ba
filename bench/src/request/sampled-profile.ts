import { Session } from 'node:inspector/promises';

/** Self time in microseconds by function, `name file`. */
export type SelfTimes = Readonly<Record<string, number>>;

const session = new Session();

/** Begins to sample this process, every 200 µs. */
export async function startProfile(): Promise<void> {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
}

export async function stopProfile(): Promise<SelfTimes> {
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const times: Record<string, number> = {};
  (profile.samples ?? []).forEach((id, index) => {
    const name = names.get(id) ?? '';
    times[name] = (times[name] ?? 0) + (profile.timeDeltas?.[index] ?? 0);
  });
  return times;
}

function nameOf({ functionName, url }: { functionName: string; url: string }): string {
  const path = url.replace(/^file:\/\//, '').replace(/^.*node_modules\/(?!\.pnpm)/, '');
  const within = path.replace(/^.*\/((?:libs|apps|bench)\/)/, '$1');
  return `${functionName || '(anonymous)'} ${within}`.trim();
}
