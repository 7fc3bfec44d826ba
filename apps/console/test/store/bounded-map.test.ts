import { expect, test } from 'vitest';
import { BoundedMap } from '../../src/store/bounded-map.ts';

function mapOf(limits: { itemsMax?: number; bytesMax?: number }) {
  const evicted: number[] = [];
  const map = new BoundedMap<string, number>({
    itemsMax: limits.itemsMax ?? 100,
    bytesMax: limits.bytesMax ?? 1_000,
    onEvict: (value) => evicted.push(value),
  });
  const set = (key: string, value: number, bytes = 1) => map.set(key, value, { items: 1, bytes });
  return { map, set, evicted };
}

test('the oldest goes first, and a key that is written again is the newest', () => {
  const { map, set, evicted } = mapOf({ itemsMax: 2 });

  set('a', 1);
  set('b', 2);
  set('a', 3);
  set('c', 4);
  set('d', 5);

  expect(evicted).toEqual([2, 3]);
  expect([...map.values()]).toEqual([4, 5]);
  expect([map.items, map.size, map.get('b')]).toEqual([2, 2, undefined]);
});

test('an entry that alone is over the limit is not kept', () => {
  const { map, set, evicted } = mapOf({ bytesMax: 10 });

  set('a', 1, 4);
  set('b', 2, 11);
  set('c', 3, 10);

  expect(evicted).toEqual([1, 2]);
  expect([map.bytes, map.get('c')]).toEqual([10, 3]);
});

test('keeps its limits and its order over a long mixed life', () => {
  const { map, set, evicted } = mapOf({ itemsMax: 50 });

  for (let index = 0; index < 100_000; index += 1) {
    set(`${index % 3 === 0 ? index % 40 : index}`, index);
  }

  const values = [...map.values()];
  expect(values).toHaveLength(50);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(evicted.length).toBeGreaterThan(50_000);
});
