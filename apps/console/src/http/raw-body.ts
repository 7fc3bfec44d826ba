import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

const unzip = promisify(gunzip);

/** Within `scope`, bodies of every content type, or of none, arrive as bytes. */
export function takeRawBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
}

/**
 * The body without its content encoding.
 *
 * @param bytesMax Limit of the decompressed size.
 * @throws {Problem} body_too_large, unsupported_media_type, malformed_body.
 */
export async function plainBody(request: FastifyRequest, bytesMax: number): Promise<Buffer> {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return body;
  if (encoding !== 'gzip') {
    throw new Problem(415, 'unsupported_media_type', {
      detail: `Content encoding: expected gzip or none, got ${encoding}.`,
    });
  }
  try {
    return await unzip(body, { maxOutputLength: bytesMax });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new Problem(413, 'body_too_large', {
        detail: `The body is larger than ${bytesMax} bytes when decompressed.`,
        cause,
      });
    }
    throw new Problem(400, 'malformed_body', { detail: 'The body is not valid gzip.', cause });
  }
}
