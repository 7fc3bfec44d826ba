export { type BankRepository, createBankRepository } from './bank-repository.ts';
export { type BankSearch, createMemorySearch, createPostgresSearch } from './bank-search.ts';
export { embed, embeddingDimensions, embeddingModel } from './embed.ts';
export { offlineEmbedder } from './question-embedder.ts';
