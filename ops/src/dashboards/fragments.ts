import { anyService } from '../series/selectors.ts';
import { chosen, chosenOf } from './dashboard.ts';
import { toDashboard, toLogs, toRunbook, toTraces } from './links.ts';

/** @module Expressions and links that several dashboards share. */

const window = '$__rate_interval';
const inEnvironment = 'deployment_environment_name=~"$environment"';

/** Requests a second, by labels; of a route that is a template. */
export const requestRate = (selector: string, by: string): string =>
  `sum by (${by}) (rate(http_server_request_duration_seconds_count{${selector}}[${window}]))`;

/** A quantile of a histogram, by labels. */
export const quantile = (share: number, histogram: string, selector: string, by = ''): string =>
  `histogram_quantile(${share}, sum by (le${by && `, ${by}`}) (rate(${histogram}_bucket{${selector}}[${window}])))`;

/** A counter's rise a second, by labels. */
export const perSecond = (counter: string, selector: string, by: string): string =>
  `sum by (${by}) (rate(${counter}{${selector}}[${window}]))`;

/** A counter's rise over the time that is shown. */
export const inRange = (counter: string, selector: string, by: string): string =>
  `sum by (${by}) (increase(${counter}{${selector}}[$__range]))`;

/** Share of a service's requests that were answered with a 5xx; 0 before the first. */
export const failureShare = (selector: string, by = ''): string => {
  const labels = `job${by && `, ${by}`}`;
  const all = requestRate(selector, labels);
  const failed = requestRate(`${selector}, http_response_status_code=~"5.."`, labels);
  return `(${failed} or 0 * ${all}) / (${all} > 0)`;
};

export const anyChosen = `${chosen}, ${anyService}`;
export const chosenBackend = chosenOf('job=~"(.+/)?aiq-backend"');
export const chosenQuestionService = chosenOf('job=~"(.+/)?aiq-question-service"');

const service = (name: string): string => `service_name=~"${name}"`;

export const errorLines = (name = 'aiq-.+'): string =>
  `{${service(name)}} | ${inEnvironment} | detected_level=~"error|fatal"`;
export const allLines = (name: string): string => `{${service(name)}} | ${inEnvironment}`;
export const runLines = `{${service('aiq-question-service')}} | ${inEnvironment} |= \`run\``;
export const failedTraces = (name = 'aiq-.*'): string =>
  `{ resource.service.name =~ "${name}" && status = error }`;
export const slowTraces = (name: string, milliseconds: number): string =>
  `{ resource.service.name =~ "${name}" && kind = server && duration > ${milliseconds}ms }`;
export const runTraces = '{ name = "pipeline.run" }';

export const links = {
  overview: toDashboard('aiq-overview', 'Platform overview'),
  backend: toDashboard('aiq-backend', 'Backend'),
  pipeline: toDashboard('aiq-pipeline', 'Question pipeline'),
  cost: toDashboard('aiq-cost', 'Cost and budget'),
  providers: toDashboard('aiq-providers', 'Providers'),
  sessions: toDashboard('aiq-sessions', 'Test sessions'),
  slo: toDashboard('aiq-slo', 'Objectives'),
  telemetry: toDashboard('aiq-telemetry', 'Telemetry'),
  errorLogs: toLogs('Errors in the logs', errorLines()),
  backendErrorLogs: toLogs('Errors in the logs', errorLines('aiq-backend')),
  pipelineLogs: toLogs('Log lines of runs', runLines),
  failedRequests: toTraces('Failed requests', failedTraces('aiq-backend')),
  slowRequests: toTraces('Slow requests', slowTraces('aiq-backend', 500)),
  runs: toTraces('Runs', runTraces),
  failedCalls: toTraces('Failed calls', failedTraces('aiq-question-service')),
  runbook: toRunbook,
};
