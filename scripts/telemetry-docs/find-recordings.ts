/** A file as the search sees it. */
export interface Source {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

const definition = /^\s*(?:'[^']+':\s*(?:counter|upDownCounter|gauge|histogram)\(|name:\s*')/;

/**
 * Finds where a metric is recorded: each line that names it, but for those that define it.
 *
 * A name that is put together, such as `questions.${step}`, counts where the part that is filled in
 * is written out in the same file.
 *
 * @returns `path:line`, in the order of the sources.
 */
export function findRecordings(metric: string, sources: readonly Source[]): readonly string[] {
  const written = sources.flatMap((source) => findIn(source, (line) => namesMetric(line, metric)));
  if (written.length > 0) return written;
  return sources.flatMap((source) =>
    findIn(source, (line) => composesMetric(line, metric, source.text)),
  );
}

function findIn({ path, text }: Source, matches: (line: string) => boolean): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      matches(line) && !definition.test(line) && !isComment(line) ? [`${path}:${index + 1}`] : [],
    );
}

function namesMetric(line: string, metric: string): boolean {
  return [`'${metric}'`, `"${metric}"`, `\`${metric}\``].some((quoted) => line.includes(quoted));
}

function composesMetric(line: string, metric: string, text: string): boolean {
  return [...line.matchAll(/`([\w.]*)\$\{[^}]*\}([\w.]*)`/g)].some(
    ([, before = '', after = '']) => {
      const isFilled = metric.startsWith(before) && metric.endsWith(after) && before !== '';
      const part = metric.slice(before.length, metric.length - after.length);
      return isFilled && part !== '' && text.includes(`'${part}'`);
    },
  );
}

function isComment(line: string): boolean {
  return /^\s*(?:\/\/|\/?\*)/.test(line);
}
