/** What a target left undone, and why. */
export interface Rest<Work> {
  readonly work: readonly Work[];
  readonly error?: unknown;
}

interface Handover<Target> {
  readonly from: Target;
  readonly error: unknown;
}

/**
 * Gives work to the first target, and what that leaves undone to the next, until all is done or nobody is
 * left. Returns what nobody did, with the error of the last who was asked.
 *
 * @param options.signal Once it fired nobody else is asked.
 */
export async function withFallbacks<Target, Work>(
  targets: readonly Target[],
  work: readonly Work[],
  options: {
    readonly signal?: AbortSignal;
    readonly onFallback: (handover: Handover<Target>) => void;
    /** Never throws. */
    readonly attempt: (target: Target, work: readonly Work[]) => Promise<Rest<Work>>;
  },
): Promise<Rest<Work>> {
  let rest: Rest<Work> = { work };
  let from: Target | undefined;
  for (const target of targets) {
    if (from !== undefined) options.onFallback({ from, error: rest.error });
    rest = await options.attempt(target, rest.work);
    if (rest.work.length === 0 || options.signal?.aborted) return rest;
    from = target;
  }
  return rest;
}
