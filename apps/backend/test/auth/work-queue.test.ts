import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createWorkQueue } from '../../src/auth/work-queue.ts';

/** Works that end when they are told to. */
function createWorks() {
  const running: { name: string; end: () => void; fail: (error: Error) => void }[] = [];
  return {
    names: () => running.map(({ name }) => name),
    of: (name: string) => () =>
      new Promise<string>((resolve, reject) => {
        const leave = () =>
          running.splice(
            running.findIndex((work) => work.name === name),
            1,
          );
        running.push({
          name,
          end: () => leave() && resolve(name),
          fail: (error) => leave() && reject(error),
        });
      }),
    find: (name: string) => running.find((work) => work.name === name),
  };
}

describe('createWorkQueue', () => {
  test('runs no more at once than it may, the others in their order', async () => {
    const queue = createWorkQueue({ atOnce: 2, waitingMax: 2 });
    const works = createWorks();
    const done = ['a', 'b', 'c', 'd'].map((name) => queue.run(works.of(name)));
    await setImmediate();
    const atFirst = works.names();

    works.find('b')?.end();
    await setImmediate();
    const afterOne = works.names();
    works.find('a')?.end();
    await setImmediate();
    works.find('c')?.end();
    works.find('d')?.end();

    expect(atFirst).toEqual(['a', 'b']);
    expect(afterOne).toEqual(['a', 'c']);
    expect(await Promise.all(done)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('refuses at once what finds no room to wait in, and has room again later', async () => {
    const queue = createWorkQueue({ atOnce: 1, waitingMax: 1 });
    const works = createWorks();
    const done = ['a', 'b'].map((name) => queue.run(works.of(name)));

    await expect(queue.run(works.of('c'))).rejects.toMatchObject({ code: 'queue_full' });
    works.find('a')?.end();
    await setImmediate();
    const later = queue.run(works.of('d'));
    works.find('b')?.end();
    await setImmediate();
    works.find('d')?.end();

    expect(await Promise.all([...done, later])).toEqual(['a', 'b', 'd']);
  });

  test('goes on after a work that failed', async () => {
    const queue = createWorkQueue({ atOnce: 1, waitingMax: 1 });
    const works = createWorks();
    const failing = queue.run(works.of('a'));
    const next = queue.run(works.of('b'));
    await setImmediate();
    works.find('a')?.fail(new Error('no'));

    await expect(failing).rejects.toThrow('no');
    await setImmediate();
    works.find('b')?.end();

    expect(await next).toBe('b');
  });
});
