import {
  createMemorySearch,
  createPostgresSearch,
  embeddingModel,
} from '@aiq/question-service/deduplication';
import { loadServiceConfig } from '@aiq/question-service/pipeline';
import { answerParent } from '../ask-process.ts';
import { openDependencies } from './dependencies.ts';
import { measureSearch, type SearchFigures } from './measure-search.ts';
import { drawQuestions } from './question-vectors.ts';

export interface SearchOrder {
  readonly databaseUrl: string;
  readonly way: 'in memory' | 'in Postgres';
  readonly candidates: number;
  readonly batchSize: number;
}

/** Threshold and page size as configured. */
answerParent(async (order: SearchOrder, tell): Promise<SearchFigures> => {
  const { threshold, bankPageSize: pageSize } = loadServiceConfig({}).deduplication;
  const { bank, close } = await openDependencies(order.databaseUrl);
  try {
    // A run has asked the database before it searches: the first query starts the client, 0.1 s.
    await bank.hasVectorSearch();
    const create = order.way === 'in memory' ? createMemorySearch : createPostgresSearch;
    const search = create({ bank, model: embeddingModel, threshold, pageSize });
    return await measureSearch(search, drawQuestions('candidates', order.candidates), {
      batchSize: order.batchSize,
      onBatch: (done) => tell(`compared ${done} of ${order.candidates} candidates ${order.way}`),
    });
  } finally {
    await close();
  }
});
