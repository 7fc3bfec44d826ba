/** One thing that is wrong with the configuration. */
export interface ConfigProblem {
  /** Path of the file that the bad value came from, or `environment`. */
  readonly source: string;
  /** Where in the configuration, as `otel.endpoint` or `models[2].price`; empty for the whole file. */
  readonly path: string;
  readonly expected: string;
  /** What was there instead; secrets are shown as `***`. */
  readonly actual: string;
  /** Line in the file, from 1. */
  readonly line?: number;
  /** Column in the line, from 1. */
  readonly column?: number;
  /** The environment variable that gave the value. */
  readonly variable?: string;
}

/**
 * A configuration that cannot be used, with everything that is wrong with it.
 *
 * The message lists all problems and is made to be read in a terminal.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'invalid_configuration';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[], options?: ErrorOptions) {
    super(toMessage(problems), options);
    this.problems = problems;
  }
}

function toMessage(problems: readonly ConfigProblem[]): string {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return [
    `The configuration is not valid: ${count}.`,
    ...problems.map(toLine),
    nextStep(problems),
  ].join('\n');
}

function toLine(problem: ConfigProblem): string {
  const { path, expected, actual, variable } = problem;
  // Where the settings are variables only, the place has named it.
  const subject = path === '' || path === variable ? '' : `${path}: `;
  return `  - ${place(problem)}: ${subject}expected ${expected}; got ${actual}`;
}

function place({ source, line, column, variable }: ConfigProblem): string {
  const position = line === undefined ? source : `${source}:${line}:${column ?? 1}`;
  if (variable === undefined) return position;
  return source === 'environment'
    ? `environment variable ${variable}`
    : `${position} (variable ${variable})`;
}

function nextStep(problems: readonly ConfigProblem[]): string {
  const inFiles = problems.some((problem) => problem.source !== 'environment');
  const inVariables = problems.some((problem) => problem.variable !== undefined);
  const places = [...(inFiles ? ['files'] : []), ...(inVariables ? ['variables'] : [])];
  return `Correct the ${places.join(' and ') || 'values'} named above, then start again.`;
}
