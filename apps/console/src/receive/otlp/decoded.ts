export interface Decoded<Item> {
  readonly items: readonly Item[];
  /** Items that were refused while the rest was taken: the partial success of OTLP. */
  readonly rejected: number;
  /** Why, should any be rejected. */
  readonly reason: string;
}
