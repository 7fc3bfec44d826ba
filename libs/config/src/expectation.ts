import type { z } from 'zod';

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map',
  record: 'a map',
  array: 'a list',
  tuple: 'a list',
  null: 'an empty value (null)',
  undefined: 'nothing',
  never: 'nothing',
};

const formats: Readonly<Record<string, string>> = {
  url: 'a URL, as in https://example.com',
  email: 'an e-mail address',
  uuid: 'a UUID',
  datetime: 'a date and time, as in 2026-01-31T08:00:00Z',
  date: 'a date, as in 2026-01-31',
  regex: 'text of another form',
};

const units: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' entries',
  record: ' keys',
  map: ' keys',
};

/** Says in words what a schema wanted where it raised an issue. */
export function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return types[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
      return `${bound(issue.inclusive, 'at least', 'more than')} ${issue.minimum}${units[issue.origin] ?? ''}`;
    case 'too_big':
      return `${bound(issue.inclusive, 'at most', 'less than')} ${issue.maximum}${units[issue.origin] ?? ''}`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_format': {
      const words = formats[issue.format] ?? `text of the form ${issue.format}`;
      return issue.pattern && issue.format === 'regex' ? `text like ${issue.pattern}` : words;
    }
    case 'invalid_union':
      return union(issue);
    case 'unrecognized_keys':
      return 'only known keys';
    case 'invalid_key':
      return `a key that is ${issue.issues.map(expectation).join(' and ')}`;
    case 'invalid_element':
      return `an entry that is ${issue.issues.map(expectation).join(' and ')}`;
    default:
      return issue.message;
  }
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => JSON.stringify(value) ?? String(value));
  return words.length === 1 ? (words[0] ?? '') : `one of ${words.join(', ')}`;
}

function bound(inclusive: boolean | undefined, closed: string, open: string): string {
  return inclusive === false ? open : closed;
}

function union(issue: z.core.$ZodIssueInvalidUnion): string {
  const branches = issue.errors.flatMap((branch) => branch.slice(0, 1).map(expectation));
  return [...new Set(branches)].join(', or ') || issue.message.replace(/^.*Expected /, 'one of ');
}
