/** What a victim made, counted where it was made. */
export interface Produced {
  spans: number;
  logs: number;
  errors: number;
  orders: number;
}

/** Carries the running number of a span, a log line or an error: its id at the receiver. */
export const idAttribute = 'fault.id';
