/** @module A program that `checkTermination` runs in place of a service: it tells that the signal came. */

// Holds the program: a signal's handler does not.
const alive = setInterval(() => {}, 1_000);
process.on('SIGTERM', () => {
  clearInterval(alive);
  process.stdout.write('terminated\n', () => process.exit(0));
});
process.stdout.write('ready\n');
