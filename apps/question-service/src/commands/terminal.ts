/** Where a command writes, and what ends it. */
export interface Terminal {
  readonly stdout: Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };
  readonly stderr: Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };
  /** Fires at SIGINT and SIGTERM. */
  readonly stop: AbortSignal;
}
