import { existsSync, globSync, readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * Adds up the vitest reports of all packages and prints "N passed, N failed" as the last line. A package without a
 * report counts as one failure: tests that did not run are not tests that passed.
 */
const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
  numFailedTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

const packages = [
  ...globSync('{libs,apps}/*/package.json'),
  'ops/package.json',
  'scripts/package.json',
  'test/package.json',
];
const paths = [
  ...packages.map((path) => path.replace('package.json', '.reports/vitest.json')),
  ...globSync('{libs,apps}/*/.reports/vitest-*.json'),
].sort();

let passed = 0;
let failed = 0;
let skipped = 0;
for (const path of paths) {
  if (!existsSync(path)) {
    console.log(`${path}: no report, counted as a failure`);
    failed += 1;
    continue;
  }
  const report = reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  // A file that could not be loaded has no tests of its own, and is a failure all the same.
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  passed += report.numPassedTests;
  failed += report.numFailedTests + unloaded.length;
  skipped += report.numPendingTests + report.numTodoTests;
  console.log(
    `${path}: ${report.numPassedTests} passed, ${report.numFailedTests + unloaded.length} failed`,
  );
  for (const file of report.testResults) {
    if (file.assertionResults.length === 0 && file.message) console.log(`  ${file.name}`);
    for (const test of file.assertionResults) {
      if (test.status === 'failed') console.log(`  failed: ${test.fullName}`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
