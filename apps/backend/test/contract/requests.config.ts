/** How many hostile requests are sent, and which: `BACKEND_FUZZ_RUNS=20000 BACKEND_FUZZ_SEED=1`. */
export const hostileRequests = {
  runs: Number(process.env['BACKEND_FUZZ_RUNS'] ?? 400),
  seed: Number(process.env['BACKEND_FUZZ_SEED'] ?? 20_261_125),
};
