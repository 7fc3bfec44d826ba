export type { CheckResult, CheckStatus } from './check.ts';
export { type DiagnoseOptions, type Diagnosis, diagnose } from './diagnose.ts';
export { formatDiagnosis } from './format-diagnosis.ts';
