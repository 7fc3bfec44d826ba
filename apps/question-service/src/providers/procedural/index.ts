export { type GeneratedQuestion, generateWithFamily } from './generate-question.ts';
