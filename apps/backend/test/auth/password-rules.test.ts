import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { passwordProblem } from '../../src/auth/password-rules.ts';

const owner = { email: 'ada.lovelace@example.org', displayName: 'Augusta King' };
const problem = (password: string) => passwordProblem(password, owner);

describe('a new password', () => {
  test.for([
    'correct horse battery staple',
    'fifteen letters',
    '839204817305926',
    'caf\u00e9 au lait, caf\u00e9 noir',
    '\u{1F40E}\u{1F50B}\u{1F4CE} four more words',
    'ada likes to walk in the rain',
  ])('may be "%s"', (password) => {
    expect(problem(password)).toBeUndefined();
  });

  test('is counted in characters, not in what they are stored as', () => {
    const horses = '\u{1F40E}\u{1F50B}'.repeat(7);

    expect(horses).toHaveLength(28);
    expect(problem(horses)).toContain('at least 15 characters, got 14');
    expect(problem(`${'correct horse '.repeat(9)}abc`)).toContain(
      'at most 128 characters, got 129',
    );
  });

  test.for([
    ['aaaaaaaaaaaaaaaa', 'one sign, repeated'],
    ['passwordpassword', 'a common one, twice'],
    ['PassWordPassWord', 'a common one, in capitals'],
    ['passwordpasswordpa', 'a common one, cut off'],
    ['password12345678', 'a common one with digits behind'],
    ['!!!!12345dragon!!!!', 'a common one with signs around'],
    ['123456789012345', 'digits in a row'],
    ['987654321098765', 'digits in a row, backwards'],
    ['abcdefghijklmnopq', 'the alphabet'],
    ['qwertyuiopasdfgh', 'the keyboard'],
    ['1qaz2wsx3edc4rfv', 'a common one that is long enough'],
  ] as const)('must not be "%s": %s', ([password]) => {
    expect(problem(password)).toContain('tried first');
  });

  test.for([
    ['ada.lovelace@example.org', 'the address'],
    ['Ada.Lovelace2026', 'its first part with a year'],
    ['lovelace lovelace', 'a word of it'],
    ['augusta-king-1815', 'the name'],
    ['aiq iq test 2026!', 'the service'],
  ] as const)('must not be "%s": %s', ([password]) => {
    expect(problem(password)).toContain('choose other words');
  });

  test('that holds much besides the name is taken', () => {
    expect(problem('lovelace eats seven green apples')).toBeUndefined();
  });

  test('is never an error, and has a problem whenever it is shorter than 15 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const password = text.normalize('NFKC');
        const found = problem(password);

        if ([...password].length < 15) expect(found).toContain('at least 15');
      }),
    );
  });
});
