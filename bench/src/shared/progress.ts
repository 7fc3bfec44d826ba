/** Progress, on standard error: a line that is written over on a terminal, plain lines otherwise. */
export function tell(line: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
}

export function endTelling(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
