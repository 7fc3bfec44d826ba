import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Problem } from '../http/problem.ts';
import { pagePaths } from './page-paths.ts';

export interface PageRoutesOptions {
  /** Where the built page is: index.html, and hashed files below assets. */
  readonly directory: string;
}

/**
 * The built page. Its views are addresses of the browser's history, so each of them answers index.html.
 * The policy allows code, styles and requests of this origin only, and nothing inline.
 */
export async function pageRoutes(app: FastifyInstance, { directory }: PageRoutesOptions) {
  const sendPage = async (_request: unknown, reply: FastifyReply) => {
    const page = await readOrNothing(join(directory, 'index.html'));
    if (page === undefined) {
      throw new Problem(503, 'page_not_built', {
        detail: 'The page is not built. Try: npx pnpm@12 --filter @aiq/console page',
      });
    }
    return withPolicy(reply)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(page);
  };
  for (const path of pagePaths) {
    app.get(path, sendPage);
    if (path !== '/') app.get(`${path}/*`, sendPage);
  }

  app.get<{ Params: { file: string } }>('/assets/:file', async (request, reply) => {
    const { file } = request.params;
    return sendFile(reply, `assets/${file}`, 'public, max-age=31536000, immutable');
  });
  app.get('/icon.svg', async (_request, reply) => sendFile(reply, 'icon.svg', 'max-age=3600'));

  async function sendFile(reply: FastifyReply, path: string, cacheControl: string) {
    const type = typeOf(path);
    const bytes = type && (await readOrNothing(join(directory, path)));
    if (!bytes) {
      throw new Problem(404, 'route_not_found', {
        detail: `${path} is no file of the page; reload it, for it may have been built anew.`,
      });
    }
    return withPolicy(reply).header('cache-control', cacheControl).type(type).send(bytes);
  }
}

/** Only a plain name below the folder has a type: neither a dot file nor a path that leaves it. */
function typeOf(path: string): string | undefined {
  const [, extension = ''] = /^(?:assets\/)?[\w-][\w.-]*\.(\w+)$/.exec(path) ?? [];
  return types[extension];
}

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

function withPolicy(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
}

async function readOrNothing(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
