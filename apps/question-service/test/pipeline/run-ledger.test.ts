import { createTestObservability } from '@aiq/observability/testing';
import { expect, test } from 'vitest';
import { type Origin, RunLedger } from '../../src/pipeline/run-ledger.ts';
import { createCostCeiling } from '../../src/resilience/cost-ceiling.ts';
import { metrics } from '../../src/telemetry/catalogue.ts';

const origin: Origin = { type: 'math', difficultyLevel: 'easy', provider: 'procedural' };

function createLedger() {
  const { observability } = createTestObservability({ service: 'aiq-question-service', metrics });
  return new RunLedger(observability, createCostCeiling());
}

test('a ledger closes when every question has come to an end', () => {
  const ledger = createLedger();
  ledger.requested(origin, 2);
  ledger.generated(origin, 1);
  ledger.generationFailed(origin, 'network_error', 1);
  ledger.approved(origin, 1);
  ledger.inserted(origin, 1);

  expect(ledger.close()).toMatchObject({ requested: 2, inserted: 1, failed: { network_error: 1 } });
});

test('a ledger in which a question is lost does not close, and says where', () => {
  const ledger = createLedger();
  ledger.requested(origin, 2);
  ledger.generated(origin, 2);
  ledger.approved(origin, 1);
  ledger.inserted(origin, 1);

  expect(() => ledger.close()).toThrow('generated = approved + rejected + unjudged: 2 is not 1');
});
