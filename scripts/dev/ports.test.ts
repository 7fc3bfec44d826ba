import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { choosePort } from './ports.ts';

test('choosePort keeps a free port and replaces a taken one, saying so', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port: taken } = holder.address() as { port: number };

  const replaced = await choosePort(taken);
  await new Promise((resolve) => holder.close(resolve));
  const kept = await choosePort(taken);

  expect(replaced.replaced).toBe(true);
  expect(replaced.port).not.toBe(taken);
  expect(kept).toEqual({ port: taken, replaced: false });
});
