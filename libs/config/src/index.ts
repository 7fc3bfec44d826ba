export { childEnvironment } from './child-environment.ts';
export { ConfigError, type ConfigProblem } from './config-error.ts';
export { type Environment, type EnvironmentName, environmentName } from './environment-name.ts';
export { type ExplainedConfig, type ExplainedSetting, explainConfig } from './explain-config.ts';
export { listSettings, type Setting } from './list-settings.ts';
export { type LoadConfigOptions, loadConfig } from './load-config.ts';
export { loadEnvironment } from './load-environment.ts';
export { orExit } from './or-exit.ts';
export { configDirectory, repositoryRoot } from './repository-paths.ts';
