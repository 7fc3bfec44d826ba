import { type House, isTestFile } from './house.ts';
import type { Token } from './scan-source.ts';
import type { Finding, SourceFile } from './source-file.ts';

const rawQueries = new Set(['$queryRaw', '$queryRawUnsafe', '$executeRaw', '$executeRawUnsafe']);
const clients = new Set(['pg', 'pg-pool', 'pg-cursor', '@prisma/client', '@prisma/adapter-pg']);
const constructed = new Set(['PrismaClient', 'Pool', 'PgBoss']);

/** Methods that nothing but a Prisma model has. */
const prismaMethods = new Set(
  'findMany findFirst findFirstOrThrow findUnique findUniqueOrThrow createMany createManyAndReturn updateMany updateManyAndReturn deleteMany groupBy'.split(
    ' ',
  ),
);
/** Methods that other things have too: they count where the model is reached through a client. */
const commonMethods = new Set('create update upsert delete count aggregate'.split(' '));
const clientName = /prisma|^tx$|transaction|^db$|database/i;
const connectionName = /^(?:pool|client|connection|pg)$|(?:Pool|Connection|PgClient)$/;

/** Law 3: queries in `*-repository.ts`; clients made in `dependencies.ts`, `job-queue.ts`, libs/database. */
export function queryFindings(file: SourceFile, house: House): readonly Finding[] {
  const { path, tokens } = file;
  if (path.startsWith('libs/database/') || isTestFile(path)) return [];
  const isRepository = path.endsWith('-repository.ts');
  const makesClients = /(^|\/)(?:dependencies|job-queue)\.ts$/.test(path);
  const findings: Finding[] = [];
  const add = (start: number, message: string) => findings.push({ law: 3, message, start });

  for (const { specifier, start } of file.imports) {
    if (clients.has(specifier) && !isRepository && !makesClients) {
      add(start, `${specifier} is imported only by *-repository.ts`);
    }
  }
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'word') continue;
    const made = constructionAt(tokens, index);
    if (made && !makesClients) {
      add(token.start, `${made} belongs in dependencies.ts, job-queue.ts or libs/database`);
    }
    const query = isRepository ? undefined : queryAt(tokens, index, house.models);
    if (query) add(token.start, `the query ${query} belongs in a *-repository.ts file`);
  }
  return findings;
}

function constructionAt(tokens: readonly Token[], index: number): string | undefined {
  const text = tokens[index]?.text ?? '';
  const before = tokens[index - 1]?.text;
  if (text === 'createDatabase' && before !== 'function' && tokens[index + 1]?.text === '(') {
    return 'createDatabase()';
  }
  if (!constructed.has(text)) return undefined;
  const isMember = before === '.' && tokens[index - 3]?.text === 'new';
  return before === 'new' || isMember ? `new ${text}` : undefined;
}

function queryAt(
  tokens: readonly Token[],
  index: number,
  models: ReadonlySet<string>,
): string | undefined {
  const text = tokens[index]?.text ?? '';
  if (rawQueries.has(text)) return text;
  if (!isDot(tokens[index - 1]) || !opensCall(tokens[index + 1])) return undefined;
  const owner = tokens[index - 2]?.text ?? '';
  if (text === 'query' && connectionName.test(owner)) return `${owner}.query`;
  if (!models.has(owner)) return undefined;
  if (prismaMethods.has(text)) return `${owner}.${text}`;
  const reached = isDot(tokens[index - 3]) ? (tokens[index - 4]?.text ?? '') : '';
  return commonMethods.has(text) && clientName.test(reached) ? `${owner}.${text}` : undefined;
}

function isDot(token: Token | undefined): boolean {
  return token?.text === '.' || token?.text === '?.';
}

function opensCall(token: Token | undefined): boolean {
  return token?.text === '(' || token?.text === '<';
}
