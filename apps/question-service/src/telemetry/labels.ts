import { rejectionReasons } from '../evaluation/verdict.ts';
import { difficultyLevels, questionTypes } from '../questions/question.ts';

/** Providers of models that are called over the network. */
export const modelProviderNames = ['openai', 'anthropic', 'google', 'xai'] as const;
export type ModelProviderName = (typeof modelProviderNames)[number];

/** Authors and judges of questions, as labels and as stored with each question. */
export const providerNames = ['procedural', ...modelProviderNames] as const;
export type ProviderName = (typeof providerNames)[number];

/**
 * Models that write, judge, solve and embed: those of config/question-service/models.yaml and the two offline
 * ones. One that is configured and not listed here works, and is recorded as `other`.
 */
export const modelNames = [
  'families-v1',
  'resolve-v1',
  'gpt-6.1-sol',
  'gpt-6.1-terra',
  'gpt-6-luna',
  'claude-opus-5-5',
  'claude-sonnet-5-5',
  'claude-haiku-5-5',
  'gemini-3.8-flash',
  'grok-4.7',
  'text-embedding-3-small',
  'text-embedding-3-large',
  'gemini-embedding-001',
] as const;
export type ModelName = (typeof modelNames)[number];

/** Providers as the semantic conventions for generative AI name them: `gen_ai.provider.name`. */
export const genAiProviderNames = ['openai', 'anthropic', 'gcp.gemini', 'x_ai'] as const;
export type GenAiProviderName = (typeof genAiProviderNames)[number];

/** Categories of an error of a model's provider; anything else is `unknown`. */
export const errorCategories = [
  'billing_quota',
  'authentication',
  'rate_limit',
  'server_error',
  'network_error',
  'invalid_request',
  'model_error',
  'unknown',
] as const;
export type ErrorCategory = (typeof errorCategories)[number];

/** `error.type` of a call to a model: absent where it succeeded. */
export const callErrorTypes = ['', ...errorCategories] as const;

/** Why a call was handed on to the next model: its error, or it was not made, for it fails too often of late. */
export const fallbackReasons = [...errorCategories, 'circuit_open'] as const;
export type FallbackReason = (typeof fallbackReasons)[number];

/**
 * Why a requested question was not generated: an error of the last provider that was asked, no circuit that let
 * a call through, or the run ended before its turn, by the clock, a signal or its cost.
 */
export const generationFailures = [...fallbackReasons, 'not_attempted', 'cost_ceiling'] as const;
export type GenerationFailure = (typeof generationFailures)[number];

export const generationOutcomes = ['generated', 'failed'] as const;

/** How far a question can come. */
export const questionSteps = ['requested', 'generated', 'approved', 'inserted'] as const;

/** Why an approved question was neither stored nor found to be a duplicate. */
export const insertFailures = [
  'deduplication',
  'connection',
  'timeout',
  'constraint',
  'lease_lost',
  'unknown',
] as const;
export type InsertFailure = (typeof insertFailures)[number];

/** What can go wrong in a run, beyond a provider's own categories. */
export const runErrorCategories = [...errorCategories, 'judge', 'embedding', 'database'] as const;
export type RunErrorCategory = (typeof runErrorCategories)[number];

export const runErrorSeverities = ['warning', 'error', 'fatal'] as const;
export type RunErrorSeverity = (typeof runErrorSeverities)[number];

export const duplicateKinds = ['exact', 'semantic'] as const;
export type DuplicateKind = (typeof duplicateKinds)[number];

/** The stages of the pipeline, in order. */
export const stages = ['generation', 'evaluation', 'deduplication', 'storage'] as const;
export type Stage = (typeof stages)[number];

/** How a run can end. */
export const runOutcomes = ['succeeded', 'partial', 'failed', 'interrupted'] as const;
export type RunOutcome = (typeof runOutcomes)[number];

export const runTriggers = ['cli', 'server', 'schedule'] as const;
export type RunTrigger = (typeof runTriggers)[number];

/** What a model is called for: to write, to score, to solve without the key, to embed. */
export const callPurposes = ['generation', 'evaluation', 'solving', 'embedding'] as const;
export type CallPurpose = (typeof callPurposes)[number];

export const callOutcomes = ['ok', ...errorCategories] as const;
export const reportOutcomes = ['accepted', 'refused', 'unreachable'] as const;

/** Labels that place a question in the inventory, with its author. */
export const stratumLabels = {
  question_type: questionTypes,
  difficulty: difficultyLevels,
  provider: providerNames,
};

export { rejectionReasons };
