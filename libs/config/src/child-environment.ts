/**
 * Gives the environment of a child process: that of this process with `extra` over it.
 *
 * A variable that is `undefined` in `extra` is left out, also when this process has it.
 */
export function childEnvironment(
  extra: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const merged: Record<string, string | undefined> = { ...process.env, ...extra };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
