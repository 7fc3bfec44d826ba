import { expect, test } from 'vitest';
import { testDatabase } from '../../../src/testing/index.ts';

// Not a test of this package: test-database.test.ts runs it to see what a failed run leaves.
test('fails after it made a database', async () => {
  expect((await testDatabase()).adminUrl).toBe('another');
});
