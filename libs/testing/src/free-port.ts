import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/**
 * Gives a port of the loopback address that was free a moment ago.
 *
 * Another process can take it before it is used: let a server listen on port 0 where it can.
 */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
