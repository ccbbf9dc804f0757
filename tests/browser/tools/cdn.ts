// What the CDN adds to the files of the site: compression, and keeping what may be kept.

import { createServer, type Server } from 'node:http';
import { brotliCompressSync, constants } from 'node:zlib';

/** As a CDN that compresses while it answers, not ahead of time. */
const QUALITY = 5;
const TEXT = /^(text\/|application\/(json|problem\+json)|image\/svg)/;

/** A text as it is sent. */
export const compressed = (text: Buffer): Buffer => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });

/** Serves `origin` on a port of its own, compressed; gives the address. */
export async function cdn(origin: string): Promise<{ url: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const headers = new Headers();
    for (const name of ['accept', 'cookie']) {
      const value = request.headers[name];
      if (typeof value === 'string') headers.set(name, value);
    }
    const answer = await fetch(origin + (request.url ?? '/'), { headers, redirect: 'manual' });
    const body = Buffer.from(await answer.arrayBuffer());
    const text = TEXT.test(answer.headers.get('content-type') ?? '');
    const sent = text ? compressed(body) : body;
    const out: Record<string, string> = { 'content-length': String(sent.length) };
    for (const [name, value] of answer.headers) {
      if (!['content-length', 'connection', 'transfer-encoding', 'content-encoding'].includes(name)) out[name] = value;
    }
    if (text) out['content-encoding'] = 'br';
    response.writeHead(answer.status, out).end(sent);
  });
  await new Promise<void>((settle) => { server.listen(0, '127.0.0.1', settle); });
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return { url: `http://localhost:${address.port}`, server };
}
