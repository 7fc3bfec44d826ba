import { createServer } from 'node:net';

/** The wanted port on 127.0.0.1 where it is free, else any free one. */
export async function choosePort(wanted: number): Promise<{ port: number; replaced: boolean }> {
  const port = await tryListen(wanted);
  if (port !== undefined) return { port, replaced: false };
  const other = await tryListen(0);
  if (other === undefined) throw new Error('no free port on 127.0.0.1');
  return { port: other, replaced: true };
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}
