import { mergeConfig } from 'vitest/config';
import { packageTests } from '../vitest.package.ts';

export default mergeConfig(packageTests, {});
