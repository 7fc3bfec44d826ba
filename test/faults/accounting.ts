/** What is known of the items of one signal on the way to one destination. */
export interface Account {
  /** `signal.destination`. */
  readonly channel: string;
  /** Counted where the items were made. */
  readonly produced: number;
  /** Told by the library. */
  readonly acknowledged: number;
  readonly failed: number;
  readonly dropped: number;
  /** `failed` by reason, as the library tells it. */
  readonly failures: Readonly<Record<string, number>>;
  /** Ids that the receiver has got, each once, in requests that were answered as they should be. */
  readonly received: number;
  /** Further ids, that came in requests which were answered by the fault alone. */
  readonly receivedInFault: number;
}

/** Reported lost, and received all the same. */
export function ambiguousOf(account: Account): number {
  const { acknowledged, received, receivedInFault } = account;
  return received + receivedInFault - acknowledged;
}

/** Says what does not add up: every item is acknowledged or reported lost, once; what is acknowledged was received. */
export function checkReported(account: Account): string[] {
  const { channel, produced, acknowledged, failed, dropped } = account;
  const reported = acknowledged + failed + dropped;
  const ambiguous = ambiguousOf(account);
  const problems: string[] = [];
  if (produced === 0) problems.push(`${channel}: nothing was produced`);
  if (reported !== produced) {
    problems.push(
      `${channel}: ${produced} produced, but ${reported} reported (${acknowledged} acknowledged, ${failed} failed, ${dropped} dropped)`,
    );
  }
  if (ambiguous < 0) {
    problems.push(`${channel}: ${-ambiguous} acknowledged that were never received`);
  }
  return problems;
}

/**
 * Says where something was received and reported lost all the same, though the fault does not hide the answer from the
 * sender. An answer that comes later than the sender waits does it too.
 */
export function checkReceived(
  account: Account,
  { isAmbiguous }: { readonly isAmbiguous: boolean },
): string[] {
  const { channel, acknowledged, received, failures } = account;
  const why = `failed: ${JSON.stringify(failures)}`;
  if (acknowledged < received) {
    return [
      `${channel}: ${received} received and answered, but only ${acknowledged} acknowledged; ${why}`,
    ];
  }
  const ambiguous = ambiguousOf(account);
  if (ambiguous <= 0 || isAmbiguous) return [];
  return [`${channel}: ${ambiguous} received that were reported lost; ${why}`];
}
