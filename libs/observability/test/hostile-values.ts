/** What no caller means to give, and some will: things that throw when they are looked at, that never end, that are huge. */
export const hostileValues: readonly unknown[] = [
  ...['throws when read', 'throws when listed', 'revoked'].map(hostileProxy),
  throwingGetters(),
  cycle(),
  deep(10_000),
  'x'.repeat(1_000_000),
  '\ud800 half a character \u0000',
  Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key${index}`, index])),
  Array.from({ length: 50_000 }, (_, index) => index),
  Symbol('symbol'),
  10n ** 40n,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  -0,
  Number.MAX_VALUE,
  new Date(Number.NaN),
  () => {
    throw new Error('called');
  },
  class Hostile {},
  Object.assign(new Error('no stack'), { stack: 7, message: { not: 'text' } }),
  hostileError(),
  Object.assign(new Error('its own cause'), { name: Symbol('name') }),
  JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"toJSON":2,"then":3}'),
  { traceparent: '00-00000000000000000000000000000000-0000000000000000-00' },
  { links: [null, 1, { traceparent: 7 }], kind: 'nonsense', attributes: [1, 2] },
  { level: 'nonsense', tags: 7, context: 'text' },
];

function hostileProxy(how: string): unknown {
  const fail = (): never => {
    throw new Error(how);
  };
  if (how === 'throws when read') return new Proxy({}, { get: fail, has: fail });
  if (how === 'throws when listed') {
    return new Proxy({}, { ownKeys: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail });
  }
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function throwingGetters(): unknown {
  const value = {};
  for (const key of 'then name message stack cause code id timeoutMs context tags level'.split(
    ' ',
  )) {
    Object.defineProperty(value, key, {
      enumerable: true,
      get: () => {
        throw new Error(`get ${key}`);
      },
    });
  }
  return Object.assign(value, {
    toString: () => {
      throw new Error('toString');
    },
  });
}

function hostileError(): Error {
  const error = new Error('fine');
  error.cause = error;
  for (const key of ['stack', 'name', 'code']) {
    Object.defineProperty(error, key, {
      get: () => {
        throw new Error(`get ${key}`);
      },
    });
  }
  return error;
}

function cycle(): unknown {
  const value: Record<string, unknown> = { list: [], map: new Map(), set: new Set() };
  (value['list'] as unknown[]).push(value);
  (value['map'] as Map<unknown, unknown>).set('self', value);
  (value['set'] as Set<unknown>).add(value);
  return value;
}

function deep(levels: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level += 1) value = { value };
  return value;
}
