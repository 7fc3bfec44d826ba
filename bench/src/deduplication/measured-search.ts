import {
  createMemorySearch,
  createPostgresSearch,
  embeddingModel,
} from '@aiq/question-service/deduplication';
import { loadServiceConfig } from '@aiq/question-service/pipeline';
import { openDependencies } from './dependencies.ts';
import { measureSearch, type SearchFigures } from './measure-search.ts';
import { drawQuestions } from './question-vectors.ts';

export interface SearchOrder {
  readonly databaseUrl: string;
  readonly way: 'in memory' | 'in Postgres';
  readonly candidates: number;
  readonly batchSize: number;
}

/** A process of its own for one way of searching: it is sent an order and answers with figures. */
process.once('message', async (order: SearchOrder) => {
  process.send?.(await measure(order));
  process.disconnect?.();
});

/** Threshold and page size as configured. */
async function measure({ databaseUrl, way, ...order }: SearchOrder): Promise<SearchFigures> {
  const { threshold, bankPageSize: pageSize } = loadServiceConfig({}).deduplication;
  const { bank, close } = await openDependencies(databaseUrl);
  try {
    // A run has asked the database before it searches: the first query starts the client, 0.1 s.
    await bank.hasVectorSearch();
    const create = way === 'in memory' ? createMemorySearch : createPostgresSearch;
    const search = create({ bank, model: embeddingModel, threshold, pageSize });
    return await measureSearch(search, drawQuestions('candidates', order.candidates), order);
  } finally {
    await close();
  }
}
