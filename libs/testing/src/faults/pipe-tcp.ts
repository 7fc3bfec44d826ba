import { connect, type Socket } from 'node:net';
import type { Fault } from './fault.ts';

/** Joins a paused connection with one to the target, or does to it what the fault says. */
export function pipeTcp(
  socket: Socket,
  target: URL,
  fault: Fault,
  opened: (outgoing: Socket) => void,
): void {
  if (fault.kind === 'hang before headers') {
    // Read and thrown away: it is the answer that does not come.
    socket.resume();
    return;
  }
  const outgoing = connect({ host: target.hostname, port: Number(target.port) });
  opened(outgoing);
  outgoing.once('close', () => socket.destroy());
  socket.once('close', () => outgoing.destroy());
  if (fault.kind === 'reset mid-body') outgoing.once('data', () => socket.resetAndDestroy());
  outgoing.pipe(socket);
  socket.pipe(outgoing);
  socket.resume();
}
