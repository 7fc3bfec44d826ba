import { describe, expect, test } from 'vitest';
import { createProgressDisplay, type Shown } from '../../src/commands/progress-display.ts';
import { createTerminal } from '../support/terminal.ts';

const shown = (done: number, notes = ['97 stored']): Shown => ({ total: 100, done, notes });

/** A display whose clock stands still until it is moved. */
function createDisplay({ isTTY = false, quiet = false } = {}) {
  const { terminal, output } = createTerminal({ isTTY });
  let nowMs = 0;
  const display = createProgressDisplay(terminal.stderr, { quiet, nowMs: () => nowMs });
  return {
    display,
    output,
    lines: () => output.stderr.split('\n').slice(0, -1),
    pass(ms: number) {
      nowMs += ms;
    },
  };
}

describe('createProgressDisplay', () => {
  test('draws a bar on a terminal, with rate and time left', () => {
    const { display, output, pass } = createDisplay({ isTTY: true });

    display.update(shown(0));
    pass(2_000);
    display.update(shown(50, ['48 stored', '$0.0400']));
    display.end();

    const last = output.stderr.split('\r').at(-1);
    expect(output.stderr).toMatch(/█+/);
    expect(output.stderr).toMatch(
      /50%.*50\/100 questions \| 48 stored \| \$0\.0400 \| 25\/s \| 2 s/,
    );
    expect(last).not.toContain('\n\n');
  });

  test('writes plain lines elsewhere, one for each tenth of the way', () => {
    const { display, lines } = createDisplay();

    for (let done = 0; done <= 100; done += 1) display.update(shown(done));
    display.end();

    expect(lines()).toHaveLength(11);
    expect(lines().at(-1)).toBe('100 of 100 questions done, 97 stored');
  });

  test('tells in each line how fast it goes and what time is left', () => {
    const { display, lines, pass } = createDisplay();

    display.update(shown(0));
    pass(10_000);
    display.update({ ...shown(8), doing: 'checked' });
    pass(100_000);
    display.update(shown(100));

    expect(lines()[1]).toBe('8 of 100 questions checked, 97 stored, 0.8/s, 1 min 55 s left');
    expect(lines()[2]).toBe('100 of 100 questions done, 97 stored, 0.9/s');
  });

  test('goes by what was done since it looks, not by what was done before', () => {
    const { display, lines, pass } = createDisplay();

    display.update(shown(50));
    pass(1_000);
    display.update(shown(60));

    expect(lines()[1]).toContain('10/s, 4 s left');
  });

  test('writes a line every two seconds where a tenth takes longer', () => {
    const { display, lines, pass } = createDisplay();

    for (let done = 0; done < 10; done += 1) {
      display.update(shown(done));
      pass(1_000);
    }

    expect(lines()).toHaveLength(5);
  });

  test('writes nothing when it is to be quiet', () => {
    const { display, output } = createDisplay({ isTTY: true, quiet: true });

    display.update(shown(50));
    display.end();

    expect(output.stderr).toBe('');
  });
});
