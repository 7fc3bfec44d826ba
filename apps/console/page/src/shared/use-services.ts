import type { ServicesAnswer } from '../../../src/api/contract/overview.ts';
import { useAnswer } from './use-answer.ts';

/** Names of all services that sent something within a day. */
export function useServiceNames(): readonly string[] {
  const { data } = useAnswer<ServicesAnswer>(
    '/api/services',
    { windowSeconds: '86400' },
    { signals: [] },
  );
  return data?.services.map(({ service }) => service).sort() ?? [];
}
