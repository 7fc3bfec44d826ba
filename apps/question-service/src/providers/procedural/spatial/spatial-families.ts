import type { Family } from '../family.ts';
import { cubeNet } from './cube-net.ts';
import { gridTransform } from './grid-transform.ts';
import { path } from './path.ts';
import { rollingDie } from './rolling-die.ts';

/** Turned figures, folded nets, walks with turns, and rolled dice. */
export const spatialFamilies: readonly Family[] = [gridTransform, cubeNet, path, rollingDie];
