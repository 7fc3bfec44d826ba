import { createServer } from 'node:net';

/** The preferred loopback port where it is free, else any free one: another server may sit there. */
export function findFreePort(preferred = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (preferred && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) {
        resolve(findFreePort());
      } else reject(error);
    });
    server.listen(preferred, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
