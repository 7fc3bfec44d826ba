import { setTimeout as sleep } from 'node:timers/promises';

/** What a load did. */
export interface LoadFigures {
  /** Sessions that came to their result within the time. */
  readonly completed: number;
  readonly failed: number;
  readonly seconds: number;
  /** How long each took: from its beginning, or from when it should have begun, in milliseconds. */
  readonly sessionMs: readonly number[];
}

type Play = () => Promise<boolean>;

/**
 * A closed loop: each of `users` begins the next session when the last is over. It finds what the service can do
 * at most; its latencies leave out what would have come meanwhile (coordinated omission).
 */
export async function playClosed(options: {
  readonly players: readonly Play[];
  readonly seconds: number;
}): Promise<LoadFigures> {
  const { players, seconds } = options;
  const sessionMs: number[] = [];
  let failed = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  await Promise.all(
    players.map(async (play) => {
      while (performance.now() < endsAt) {
        const begin = performance.now();
        const done = await play();
        if (performance.now() > endsAt) return;
        if (done) sessionMs.push(performance.now() - begin);
        else failed += 1;
      }
    }),
  );
  return { completed: sessionMs.length, failed, seconds, sessionMs };
}

/**
 * An open loop: sessions arrive by chance (Poisson) at `rate` a second, whether those before are done or not, and
 * their time counts from the arrival that was drawn: what waits is not left out.
 */
export async function playOpen(options: {
  readonly createPlayer: () => Play;
  readonly rate: number;
  readonly seconds: number;
  readonly random: () => number;
}): Promise<LoadFigures> {
  const { createPlayer, rate, seconds, random } = options;
  const sessionMs: number[] = [];
  const idle: Play[] = [];
  const running: Promise<void>[] = [];
  let failed = 0;
  const startedAt = performance.now();
  for (let atMs = 0; ; ) {
    atMs += (-Math.log(1 - random()) / rate) * 1000;
    if (atMs >= seconds * 1000) break;
    const dueAt = startedAt + atMs;
    await sleep(Math.max(0, dueAt - performance.now()));
    const play = idle.pop() ?? createPlayer();
    running.push(
      play().then((done) => {
        if (done) sessionMs.push(performance.now() - dueAt);
        else failed += 1;
        idle.push(play);
      }),
    );
  }
  await Promise.all(running);
  const took = (performance.now() - startedAt) / 1000;
  return { completed: sessionMs.length, failed, seconds: took, sessionMs };
}
