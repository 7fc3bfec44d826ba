import { describe, expect, test } from 'vitest';
import { createProgressDisplay } from '../../src/commands/progress-display.ts';

function createOutput(isTTY: boolean) {
  const written: string[] = [];
  const write = (text: unknown) => {
    written.push(String(text));
    return true;
  };
  const terminal = { isTTY, columns: 100, cursorTo: () => true, clearLine: () => true };
  return { output: { ...terminal, write, on: () => {}, removeListener: () => {} }, written };
}

const half = { requested: 100, settled: 50, inserted: 48 };
const whole = { requested: 100, settled: 100, inserted: 97 };

describe('createProgressDisplay', () => {
  test('draws a bar on a terminal', () => {
    const { output, written } = createOutput(true);
    const display = createProgressDisplay(output, { quiet: false, nowMs: () => 0 });

    display.update(half);
    display.update(whole);
    display.end();

    expect(written.join('')).toMatch(/█+.*100%.*100\/100 questions.*97 stored/);
  });

  test('writes plain lines elsewhere, one for each tenth of the way', () => {
    const { output, written } = createOutput(false);
    const display = createProgressDisplay(output, { quiet: false, nowMs: () => 0 });

    for (let settled = 0; settled <= 100; settled += 1) display.update({ ...whole, settled });
    display.end();

    expect(written).toHaveLength(11);
    expect(written.at(-1)).toBe('100 of 100 questions done, 97 stored\n');
  });

  test('writes a line every two seconds where a tenth takes longer', () => {
    const { output, written } = createOutput(false);
    let nowMs = 0;
    const display = createProgressDisplay(output, { quiet: false, nowMs: () => nowMs });

    for (let settled = 0; settled < 10; settled += 1) {
      display.update({ ...whole, settled });
      nowMs += 1_000;
    }

    expect(written).toHaveLength(5);
  });

  test('writes nothing when it is to be quiet', () => {
    const { output, written } = createOutput(true);
    const display = createProgressDisplay(output, { quiet: true, nowMs: () => 0 });

    display.update(half);
    display.end();

    expect(written).toEqual([]);
  });
});
