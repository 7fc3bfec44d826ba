import type { Observability } from '@aiq/observability';
import { unauthorized } from '../auth/require-user.ts';
import type { Clock } from '../clock.ts';
import type { BackendMetrics } from '../telemetry/catalogue.ts';
import type { DeletedUserRepository } from './deleted-user-repository.ts';

/**
 * Deletes the user and all that is personal; responses stay without a name.
 *
 * @throws {ProblemError} unauthorized where the user is gone already.
 */
export async function deleteUser(
  dependencies: {
    readonly deletedUsers: DeletedUserRepository;
    readonly clock: Clock;
    readonly observability: Observability<BackendMetrics>;
  },
  userId: string,
): Promise<void> {
  const { deletedUsers, clock, observability } = dependencies;
  const deleted = await deletedUsers.delete(userId, clock.now());
  if (deleted === undefined) throw unauthorized();

  observability.recordMetric('users.deletions', 1);
  for (const mode of deleted.abandoned) {
    const adaptive = mode === 'adaptive' ? 'true' : 'false';
    observability.recordMetric('test.sessions.abandoned', 1, { adaptive });
  }
}
