import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { parse } from 'yaml';
import { z } from 'zod';

const rulesDirectory = join(repositoryRoot, 'ops/prometheus/rules');

const rulesSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^[A-Z][A-Za-z]+$/, 'a name in CamelCase'),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
          annotations: z.strictObject({ summary: z.string().min(20), runbook_url: z.string() }),
        }),
      ),
    }),
  ),
});
const testsSchema = z.looseObject({
  tests: z.array(
    z.looseObject({
      alert_rule_test: z.array(
        z.looseObject({ alertname: z.string(), exp_alerts: z.array(z.unknown()) }),
      ),
    }),
  ),
});

export type Alert = z.output<typeof rulesSchema>['groups'][number]['rules'][number];

/** Whether promtool expects this alert at some moment of a unit test. */
export interface AlertCase {
  readonly alert: string;
  readonly isFiring: boolean;
}

/** Rule files and their unit tests, as promtool takes them. */
export function alertFiles(): { readonly rules: string[]; readonly tests: string[] } {
  const paths = globSync('*.yml', { cwd: rulesDirectory })
    .sort()
    .map((name) => join(rulesDirectory, name));
  const isTest = (path: string): boolean => path.endsWith('.test.yml');
  return { rules: paths.filter((path) => !isTest(path)), tests: paths.filter(isTest) };
}

/** @throws {z.ZodError} For a rule without a severity, a summary or a runbook, or with a field nobody expects. */
export function readAlerts(): readonly Alert[] {
  return alertFiles()
    .rules.map((path) => rulesSchema.parse(parse(readFileSync(path, 'utf8'))))
    .flatMap(({ groups }) => groups.flatMap(({ rules }) => rules));
}

export function readAlertCases(): readonly AlertCase[] {
  return alertFiles()
    .tests.map((path) => testsSchema.parse(parse(readFileSync(path, 'utf8'))))
    .flatMap(({ tests }) => tests.flatMap((each) => each.alert_rule_test))
    .map(({ alertname, exp_alerts: expected }) => ({
      alert: alertname,
      isFiring: expected.length > 0,
    }));
}
