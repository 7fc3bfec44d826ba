export interface Dsn {
  readonly host: string;
  readonly projectId: string;
  readonly publicKey: string;
}

/** @see https://develop.sentry.dev/sdk/foundations/transport/authentication/#dsn */
export function parseDsn(text: string): Dsn | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, host, pathname } = new URL(text);
  const projectId = pathname.split('/').at(-1) ?? '';
  if (!/^https?:$/.test(protocol) || !/^\w+$/.test(username) || host === '') return undefined;
  return /^\d+$/.test(projectId) ? { host, projectId, publicKey: username } : undefined;
}
