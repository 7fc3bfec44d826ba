import openapiTS, { astToString } from 'openapi-typescript';
import type { ApiDocument } from './read-api.ts';

/** Writes the TypeScript types of all routes, as openapi-fetch takes them. */
export async function writeTypes(api: ApiDocument): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(api));
  return `/** Made by \`npx pnpm@12 api:docs\` from the OpenAPI document; a test fails where it is out of date. */\n\n${astToString(nodes)}`;
}
