import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { withValue } from '../src/linked-context.ts';

const [first, second] = [createContextKey('first'), createContextKey('second')];

test('a context gives the newest value of each key, and its parent keeps its own', () => {
  const parent = withValue(ROOT_CONTEXT.setValue(second, 'below'), first, 1);
  const child = parent.setValue(first, 2);

  expect(child.getValue(first)).toBe(2);
  expect(parent.getValue(first)).toBe(1);
  expect(child.getValue(second)).toBe('below');
  expect(child.deleteValue(second).getValue(second)).toBeUndefined();
  expect(child.getValue(second)).toBe('below');
});

test('a context that is derived for ever keeps its values and does not grow', () => {
  let active = withValue(ROOT_CONTEXT, second, 'kept');
  for (let turn = 0; turn < 100_000; turn += 1) active = active.setValue(first, turn);

  expect(active.getValue(first)).toBe(99_999);
  expect(active.getValue(second)).toBe('kept');
  // Each link beyond the bound would be a frame or a step here.
  const startedAtMs = performance.now();
  for (let read = 0; read < 1_000; read += 1) active.getValue(second);
  expect(performance.now() - startedAtMs).toBeLessThan(500);
});
