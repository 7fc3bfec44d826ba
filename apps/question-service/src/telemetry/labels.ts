import { rejectionReasons } from '../evaluation/verdict.ts';
import { difficultyLevels, questionTypes } from '../questions/question.ts';

/** Authors and judges of questions, as labels and as stored with each question. */
export const providerNames = ['procedural', 'openai', 'anthropic', 'google', 'xai'] as const;
export type ProviderName = (typeof providerNames)[number];

/** Models that are called, for writing and for judging. */
export const modelNames = ['families-v1', 'resolve-v1'] as const;
export type ModelName = (typeof modelNames)[number];

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

/** Why a call was handed on to the next model: its error, or it was not made, for it fails too often of late. */
export const fallbackReasons = [...errorCategories, 'circuit_open'] as const;
export type FallbackReason = (typeof fallbackReasons)[number];

/**
 * Why a requested question was not generated: an error of the last provider that was asked, no circuit that let
 * a call through, or the run ended before its turn, by the clock, a signal or its cost.
 */
export const generationFailures = [...fallbackReasons, 'not_attempted', 'cost_ceiling'] as const;
export type GenerationFailure = (typeof generationFailures)[number];

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
