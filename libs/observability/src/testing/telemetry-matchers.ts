import type { MatcherState, MatchersObject } from 'vitest';
import type { LogRecord } from '../parts.ts';
import { errorType } from '../policy/error-type.ts';
import type { CapturedTestError, TestObservability } from './create-test-observability.ts';
import {
  allTrees,
  type ExpectedSpan,
  includes,
  matches,
  matchesAll,
  printExpected,
  printTrees,
  type SpanLike,
  toTrees,
} from './span-shape.ts';

// biome-ignore lint/suspicious/noExplicitAny: a matcher does not care which metrics there are
type AnyTelemetry = TestObservability<any>;

export interface ExpectedMetric {
  /** A sum, a gauge's last value, how often a histogram observed; over all series with the labels. */
  readonly value?: unknown;
  readonly labels?: Readonly<Record<string, string | number | boolean>>;
}

export interface ExpectedError {
  /** As in `error.type`: the error's code, else its class. */
  readonly type?: string;
  /** A part of the message, or a pattern. */
  readonly message?: string | RegExp;
  readonly tags?: Readonly<Record<string, unknown>>;
}

export interface ExpectedLog {
  /** A part of the message, or a pattern. */
  readonly message?: string | RegExp;
  readonly level?: LogRecord['level'];
  /** At least these. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** What `expect(telemetry)` can ask, once `expect.extend(telemetryMatchers)` was called. */
export interface TelemetryMatchers<R> {
  /** Something was recorded into the metric's series with these labels; with `value`, it is that. */
  toHaveRecordedMetric(name: string, expected?: ExpectedMetric): R;
  /**
   * A span with this tree below it is among the spans; a list names all roots that there are. Takes
   * whatever has `spans()`, receivers too.
   */
  toHaveSpanTree(expected: ExpectedSpan | readonly ExpectedSpan[]): R;
  toHaveCapturedError(expected?: ExpectedError): R;
  toHaveLogged(expected?: ExpectedLog): R;
}

declare module 'vitest' {
  // The names of the parameters are vitest's: declarations merge only where they are the same.
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends TelemetryMatchers<R> {}
}

/** For `expect.extend`: ask what was recorded, and read what there is where it is not there. */
export const telemetryMatchers = {
  toHaveRecordedMetric(
    this: MatcherState,
    telemetry: AnyTelemetry,
    name: string,
    expected: ExpectedMetric = {},
  ) {
    const { labels = {} } = expected;
    const all = telemetry.recorded();
    const series = all.filter((each) => each.name === name);
    const matching = series.filter((each) => includes(each.labels, labels, this.equals));
    const value = matching.length === 0 ? undefined : telemetry.metric(name, labels);
    const pass = 'value' in expected ? this.equals(value, expected.value) : value !== undefined;
    const print = inOneLine(this);
    const wanted = 'value' in expected ? ` = ${print(expected.value)}` : '';
    return answer(pass, this, `${name}${print(labels)}${wanted}`, {
      title: series.length === 0 ? `nothing into ${name}; there is` : 'there is',
      lines: (series.length === 0 ? all : series).map(
        (each) => `${each.name}${print(each.labels)} = ${each.value}`,
      ),
    });
  },

  toHaveSpanTree(
    this: MatcherState,
    telemetry: { spans(): readonly SpanLike[] },
    expected: ExpectedSpan | readonly ExpectedSpan[],
  ) {
    const trees = toTrees(telemetry.spans());
    const pass = isList(expected)
      ? matchesAll(trees, expected, this.equals)
      : allTrees(trees).some((tree) => matches(tree, expected, this.equals));
    const print = inOneLine(this);
    const wanted = printExpected(isList(expected) ? expected : [expected], print);
    return answer(
      pass,
      this,
      `spans${isList(expected) ? ', these and no others' : ''}\n${wanted}`,
      {
        title: 'there is',
        lines: printTrees(trees, print, '').split('\n'),
      },
    );
  },

  toHaveCapturedError(this: MatcherState, telemetry: AnyTelemetry, expected: ExpectedError = {}) {
    const errors = telemetry.errors();
    const pass = errors.some(
      (each) =>
        (expected.type === undefined || errorType(each.error) === expected.type) &&
        hasText(messageOf(each), expected.message) &&
        includes(each.tags, expected.tags ?? {}, this.equals),
    );
    const print = inOneLine(this);
    return answer(pass, this, `an error ${print(expected)}`, {
      title: 'captured were',
      lines: errors.map((each) =>
        print({ type: errorType(each.error), message: messageOf(each), tags: each.tags }),
      ),
    });
  },

  toHaveLogged(this: MatcherState, telemetry: AnyTelemetry, expected: ExpectedLog = {}) {
    const logs = telemetry.logs();
    const pass = logs.some(
      ({ message, level, attributes }) =>
        hasText(message, expected.message) &&
        (expected.level ?? level) === level &&
        includes(attributes, expected.attributes ?? {}, this.equals),
    );
    const print = inOneLine(this);
    return answer(pass, this, `a line ${print(expected)}`, {
      title: 'logged were',
      lines: logs.map(({ level, message, attributes }) => print({ level, message, attributes })),
    });
  },
} satisfies MatchersObject;

function answer(
  pass: boolean,
  { isNot }: MatcherState,
  wanted: string,
  found: { readonly title: string; readonly lines: readonly string[] },
) {
  const lines = found.lines.length === 0 ? ['nothing'] : found.lines;
  const list = lines.map((line) => `  ${line}`).join('\n');
  const message = () => `expected ${isNot ? 'not ' : ''}${wanted}\n${found.title}:\n${list}`;
  return { pass, message };
}

/** Prints a value in one line. */
function inOneLine({ utils }: MatcherState) {
  return (value: unknown): string => utils.stringify(value, undefined, { min: true });
}

function messageOf({ error, message }: CapturedTestError): string {
  return message ?? error.message;
}

function hasText(text: string, expected: string | RegExp | undefined): boolean {
  if (expected === undefined) return true;
  return typeof expected === 'string' ? text.includes(expected) : expected.test(text);
}

function isList(
  expected: ExpectedSpan | readonly ExpectedSpan[],
): expected is readonly ExpectedSpan[] {
  return Array.isArray(expected);
}
