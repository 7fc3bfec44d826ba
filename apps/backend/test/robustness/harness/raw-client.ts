import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** A client that writes what it likes to a connection, as no HTTP library would. */
export interface RawClient {
  readonly socket: Socket;
  write(bytes: string): void;
  /** All that came until the server closed the connection. */
  answer(): Promise<string>;
}

export async function connectRaw(port: number, allowHalfOpen = false): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen });
  await once(socket, 'connect');
  // A reset ends it as well.
  socket.on('error', () => {});
  const received = text(socket).catch(() => '');
  return {
    socket,
    write: (bytes) => {
      if (socket.writable) socket.write(bytes);
    },
    answer: () => received,
  };
}
