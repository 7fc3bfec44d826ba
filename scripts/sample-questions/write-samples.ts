import { type GeneratedQuestion, generateWithFamily } from '@aiq/question-service/procedural';
import { createRandom, type Stratum, strata } from '@aiq/question-service/questions';

const seed = 7;

/** docs/sample-questions.md: one question of each of the 18 strata, each of a type from another family. */
export function writeSamples(): string {
  const lines = [
    '# Sample questions',
    '',
    'One question of each stratum as the procedural provider writes them, with seed 7. Difficulty rises by structure:',
    'more relations to hold at once, not larger numbers. Wrong options are the results of typical mistakes.',
    'Written by `npx pnpm@12 samples`; a test holds it to that.',
    '',
  ];
  for (const type of new Set(strata.map((stratum) => stratum.type))) {
    lines.push(`## ${type.charAt(0).toUpperCase()}${type.slice(1)}`, '');
    for (const sample of sampleType(type)) lines.push(...writeSample(sample));
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function sampleType(type: Stratum['type']): GeneratedQuestion[] {
  const families = new Set<string>();
  return strata
    .filter((stratum) => stratum.type === type)
    .map((stratum) => {
      const random = createRandom(`samples/${seed}/${type}/${stratum.difficultyLevel}`);
      // Every type has more families than levels: a few draws find one that has not been shown.
      for (;;) {
        const sample = generateWithFamily(stratum, random);
        if (families.has(sample.family)) continue;
        families.add(sample.family);
        return sample;
      }
    });
}

function writeSample({ family, candidate }: GeneratedQuestion): string[] {
  const { type, difficultyLevel, stimulus, content, options, keyIndex, explanation } = candidate;
  const place = type === 'memory' ? 'Shown first, then hidden:' : 'Shown with the question:';
  return [
    `### ${difficultyLevel}: ${family}`,
    '',
    ...(stimulus === undefined ? [] : [place, '', ...asText(stimulus), '']),
    ...asText(content),
    '',
    ...options.flatMap((option, index) => asOption(option, index)),
    '',
    `**Key: ${letterOf(keyIndex)}.** ${explanation.replaceAll('\n', ' ')}`,
    '',
  ];
}

/** As it stands: figures are drawn with characters, and so are the options of some families. */
function asText(text: string): string[] {
  return ['```text', ...text.split('\n'), '```'];
}

function asOption(option: string, index: number): string[] {
  if (!option.includes('\n')) return [`- ${letterOf(index)}. ${escapeMarkdown(option)}`];
  return [`- ${letterOf(index)}.`, '', ...asText(option).map((line) => `  ${line}`), ''];
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}

function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}
