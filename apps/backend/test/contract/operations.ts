import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import type { OpenAPIV3_1 } from 'openapi-types';

export type Schema = Readonly<Record<string, unknown>>;
export type Method = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: Schema;
}

export interface DocumentedResponse {
  /** Absent where there is no body. */
  readonly mediaType?: string;
  /** The problem codes that may come; empty for a success. */
  readonly codes: readonly string[];
}

/** A route as the OpenAPI document has it. */
export interface Operation {
  /** `POST /v1/auth/login` */
  readonly key: string;
  readonly method: Method;
  /** `/v1/test-sessions/{sessionId}` */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body?: Schema;
  readonly security: 'accessToken' | 'adminToken' | 'none';
  readonly responses: Readonly<Record<number, DocumentedResponse>>;
}

/** The document with what is asked of it. */
export interface Api {
  readonly document: OpenAPIV3_1.Document;
  readonly operations: readonly Operation[];
  /** Follows a `$ref`. */
  resolve(schema: Schema): Schema;
  /** What is wrong with an answer, in words; nothing where it is as documented. */
  faultsOf(operation: Operation, answer: Answer): string[];
  /** Likewise of an answer that no operation gave: it must be a problem. */
  faultsOfProblem(answer: Answer): string[];
}

/** An answer as it came. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;

/** Reads the document that a running app gives. */
export async function readApi(app: FastifyInstance): Promise<Api> {
  const document: OpenAPIV3_1.Document = (await app.inject('/docs/json')).json();
  const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
  ajv.addSchema(document, 'api');
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item?.[method];
      return operation === undefined ? [] : [toOperation(path, method, operation)];
    }),
  );
  const check = (pointer: string, { body }: Answer): string[] => {
    const validate = ajv.getSchema(`api#${pointer}`) ?? ajv.compile({ $ref: `api#${pointer}` });
    if (validate(JSON.parse(body))) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };

  return {
    document,
    operations,
    resolve(schema) {
      const name =
        String(schema['$ref'] ?? '')
          .split('/')
          .at(-1) ?? '';
      return name === '' ? schema : ((document.components?.schemas?.[name] ?? {}) as Schema);
    },
    faultsOf(operation, answer) {
      const { statusCode } = answer;
      const documented = operation.responses[statusCode];
      if (documented === undefined) return [`${statusCode} is not documented: ${answer.body}`];
      const { mediaType } = documented;
      const came = mediaTypeOf(answer);
      if (came !== mediaType) return [`came as ${came}, documented as ${mediaType}`];
      if (mediaType === undefined)
        return answer.body === '' ? [] : ['a body that is not documented'];
      const path = [operation.path, operation.method.toLowerCase(), 'responses', statusCode];
      return check(pointerTo(['paths', ...path, 'content', mediaType, 'schema']), answer);
    },
    faultsOfProblem(answer) {
      const came = mediaTypeOf(answer);
      if (came !== 'application/problem+json') return [`came as ${came}`];
      return check(pointerTo(['components', 'schemas', 'Problem']), answer);
    },
  };
}

function toOperation(
  path: string,
  method: (typeof methods)[number],
  operation: OpenAPIV3_1.OperationObject,
): Operation {
  const body = operation.requestBody as OpenAPIV3_1.RequestBodyObject | undefined;
  const schema = body?.content['application/json']?.schema as Schema | undefined;
  const [security] = Object.keys(operation.security?.[0] ?? {});
  const responses = Object.entries(operation.responses ?? {}).map(([status, response]) => [
    status,
    toResponse(response as OpenAPIV3_1.ResponseObject),
  ]);
  return {
    key: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase() as Method,
    path,
    parameters: (operation.parameters ?? []) as unknown as Parameter[],
    ...(schema === undefined ? {} : { body: schema }),
    security: (security ?? 'none') as Operation['security'],
    responses: Object.fromEntries(responses),
  };
}

function toResponse({ content = {} }: OpenAPIV3_1.ResponseObject): DocumentedResponse {
  const [entry] = Object.entries(content);
  if (entry === undefined) return { codes: [] };
  const [mediaType, { schema }] = entry;
  const parts = (schema as { allOf?: { properties?: { code?: { enum?: string[] } } }[] }).allOf;
  return { mediaType, codes: parts?.flatMap((part) => part.properties?.code?.enum ?? []) ?? [] };
}

function mediaTypeOf({ headers }: Answer): string | undefined {
  return headers['content-type'] === undefined
    ? undefined
    : String(headers['content-type']).split(';')[0];
}

function pointerTo(parts: readonly (string | number)[]): string {
  const escaped = parts.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
  return ['', ...escaped.map(encodeURIComponent)].join('/');
}
