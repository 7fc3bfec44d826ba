import type { Observability } from '@aiq/observability';
import {
  counter,
  defineMetrics,
  gauge,
  histogram,
  ratioBuckets,
  secondsFast,
  secondsSlow,
} from '@aiq/observability';
import { difficultyLevels, questionTypes } from '../questions/question.ts';
import {
  callErrorTypes,
  callOutcomes,
  callPurposes,
  duplicateKinds,
  fallbackReasons,
  genAiProviderNames,
  generationFailures,
  generationOutcomes,
  insertFailures,
  modelNames,
  providerNames,
  questionSteps,
  rejectionReasons,
  reportOutcomes,
  runErrorCategories,
  runErrorSeverities,
  runOutcomes,
  runTriggers,
  stages,
  stratumLabels,
} from './labels.ts';

/** Bounds of the semantic conventions for calls to models: 10 ms to 82 s, each twice the one before. */
const secondsOfModels = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
];

const inferenceTokenLabels = {
  'gen_ai.operation.name': ['chat'],
  'gen_ai.provider.name': genAiProviderNames,
  'gen_ai.request.model': modelNames,
  'gen_ai.token.modality': ['text'],
} as const;

/**
 * Every metric of question-service. The counters of questions obey the accounting identity of a run:
 * requested = generated + failed; generated = approved + rejected + unjudged;
 * approved = duplicates + inserted + insert failures.
 */
export const metrics = defineMetrics({
  'questions.requested': counter({
    unit: '{question}',
    description: 'Questions that runs were asked for.',
    labels: stratumLabels,
  }),
  'questions.generated': counter({
    unit: '{question}',
    description: 'Questions that a provider returned and that have the required form.',
    labels: stratumLabels,
  }),
  'questions.failed': counter({
    unit: '{question}',
    description: 'Requested questions that were not generated, by reason.',
    labels: { ...stratumLabels, reason: generationFailures },
  }),
  'questions.discarded': counter({
    unit: '{question}',
    description: 'Items of a provider that were surplus or not of the required form.',
    labels: { provider: providerNames },
  }),
  'questions.approved': counter({
    unit: '{question}',
    description: 'Questions that the judge approved.',
    labels: stratumLabels,
  }),
  'questions.rejected': counter({
    unit: '{question}',
    description: 'Questions that the judge rejected, by reason.',
    labels: { ...stratumLabels, reason: rejectionReasons },
  }),
  'questions.unjudged': counter({
    unit: '{question}',
    description: 'Questions that no judge could be reached for; they are not stored.',
    labels: stratumLabels,
  }),
  'questions.duplicates': counter({
    unit: '{question}',
    description: 'Approved questions that the bank or the run already had.',
    labels: { ...stratumLabels, kind: duplicateKinds },
  }),
  'questions.inserted': counter({
    unit: '{question}',
    description: 'Questions stored in the bank.',
    labels: stratumLabels,
  }),
  'questions.insert_failures': counter({
    unit: '{question}',
    description: 'Approved questions that were neither stored nor found to be duplicates.',
    labels: { ...stratumLabels, reason: insertFailures },
  }),
  'generation.questions': counter({
    unit: '{question}',
    description:
      'Requested questions by whether a provider wrote them, counted once that is known.',
    labels: { outcome: generationOutcomes },
  }),
  'inventory.questions': gauge({
    isShared: true,
    unit: '{question}',
    description: 'Active questions in the bank, as the database has them.',
    labels: { question_type: questionTypes, difficulty: difficultyLevels },
  }),
  'judge.score': histogram({
    unit: '1',
    description: 'Weighted score of judged questions, 0 to 1.',
    buckets: ratioBuckets,
    labels: { question_type: questionTypes },
  }),
  'pipeline.runs': counter({
    unit: '{run}',
    description: 'Runs of the pipeline that ended, by outcome.',
    labels: { outcome: runOutcomes, trigger: runTriggers },
  }),
  'pipeline.run.duration': histogram({
    unit: 's',
    description: 'Time from the start of a run to its summary.',
    buckets: secondsSlow,
    labels: { outcome: runOutcomes },
  }),
  'pipeline.last_success.time': gauge({
    isShared: true,
    unit: 's',
    description:
      'When the last run that succeeded ended, in seconds since 1970, from the database; 0 where none has.',
  }),
  'pipeline.day.runs': gauge({
    isShared: true,
    unit: '{run}',
    description: 'Runs that ended in the last 24 hours, by outcome, from the database.',
    labels: { outcome: runOutcomes },
  }),
  'pipeline.day.questions': gauge({
    isShared: true,
    unit: '{question}',
    description:
      'How far the questions came of runs that ended in the last 24 hours, from the database.',
    labels: { step: questionSteps },
  }),
  'pipeline.day.cost_usd': gauge({
    isShared: true,
    unit: '{USD}',
    description:
      'Cost of the runs that ended in the last 24 hours, in US dollars, from the database.',
  }),
  'budget.daily_usd': gauge({
    isShared: true,
    unit: '{USD}',
    description: 'What runs may cost in 24 hours, in US dollars, as configured.',
  }),
  'pipeline.stage.duration': histogram({
    unit: 's',
    description: 'Time that one batch spent in a stage.',
    buckets: secondsFast,
    labels: { stage: stages },
  }),
  'pipeline.errors': counter({
    unit: '{error}',
    description: 'Errors that a run met, whether or not it overcame them.',
    labels: { category: runErrorCategories, severity: runErrorSeverities },
  }),
  'pipeline.retries': counter({
    unit: '{retry}',
    description: 'Attempts after the first, in any stage.',
    labels: { stage: stages },
  }),
  'pipeline.reports': counter({
    unit: '{report}',
    description: 'Reports of runs to the backend, by outcome; each is tried a few times.',
    labels: { outcome: reportOutcomes },
  }),
  'provider.requests': counter({
    unit: '{request}',
    description: 'Batches asked of a provider, by outcome.',
    labels: { provider: providerNames, outcome: callOutcomes },
  }),
  'provider.request.duration': histogram({
    unit: 's',
    description: 'Time a provider took for one batch.',
    buckets: secondsOfModels,
    labels: { provider: providerNames },
  }),
  'embedding.cache.hits': counter({
    unit: '{question}',
    description: 'Questions whose embedding was in the cache.',
  }),
  'embedding.cache.misses': counter({
    unit: '{question}',
    description: 'Questions whose embedding was not in the cache: the embedding model is asked.',
  }),
  'provider.fallbacks': counter({
    unit: '{fallback}',
    description: 'Work handed on from one provider to the next, by what the first failed with.',
    labels: { provider: providerNames, reason: fallbackReasons, purpose: callPurposes },
  }),
  'circuit_breaker.state': gauge({
    unit: '1',
    description: 'Circuit of a provider: 0 closed, 1 open, 2 half open.',
    labels: { provider: providerNames },
  }),
  'circuit_breaker.trips': counter({
    unit: '{trip}',
    description: 'Circuits that opened because a provider kept failing.',
    labels: { provider: providerNames },
  }),
  'api.cost_usd': counter({
    unit: '{USD}',
    description: 'Cost of calls to models, in US dollars.',
    labels: {
      provider: providerNames,
      model: modelNames,
      question_type: questionTypes,
      purpose: callPurposes,
    },
  }),
  'gen_ai.client.inference.duration': histogram({
    unit: 's',
    description: 'Time of one attempt at a model, from the request to the whole reply.',
    buckets: secondsOfModels,
    labels: {
      'gen_ai.operation.name': ['chat'],
      'gen_ai.provider.name': genAiProviderNames,
      'gen_ai.request.model': modelNames,
      'error.type': callErrorTypes,
    },
  }),
  'gen_ai.client.inference.usage.input_tokens': counter({
    unit: '{token}',
    description: 'Tokens that were sent to models, in replies that could not be used too.',
    labels: inferenceTokenLabels,
  }),
  'gen_ai.client.inference.usage.output_tokens': counter({
    unit: '{token}',
    description: 'Tokens that models wrote, reasoning and replies that could not be used included.',
    labels: inferenceTokenLabels,
  }),
  'gen_ai.client.operation.duration': histogram({
    unit: 's',
    description: 'Time of one attempt at an embedding model.',
    buckets: secondsOfModels,
    labels: {
      'gen_ai.operation.name': ['embeddings'],
      'gen_ai.provider.name': genAiProviderNames,
      'gen_ai.request.model': modelNames,
      'error.type': callErrorTypes,
    },
  }),
  'api.unpriced_calls': counter({
    unit: '{call}',
    description:
      'Calls to models whose price is not known; their cost is missing from api.cost_usd.',
    labels: { provider: providerNames },
  }),
});

/** The telemetry door of this service, with its own metrics. */
export type Telemetry = Observability<typeof metrics>;
