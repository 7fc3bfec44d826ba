/**
 * What every program needs of its host: where commands, the home and temporary files are.
 *
 * Nothing else of the environment of the tests reaches a program, so that a test depends on what it says.
 */
export const hostEnvironment: Readonly<Record<string, string>> = Object.fromEntries(
  ['PATH', 'HOME', 'TMPDIR'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  }),
);
