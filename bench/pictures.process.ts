import { createServer } from 'node:http';
import { fileServer } from '#platform/files/file-server.ts';
import { localFileStore } from '#platform/files/local-file-store.ts';

/** `pictures.process.ts <folder> <bytes of memory, or canned> <port>`: the file server alone, or an answer that never changes. */
const [folder = '', memory = '0', port = '0'] = process.argv.slice(2);
const serve = fileServer(localFileStore(folder), { cacheBytes: Number(memory) });
const canned = Buffer.alloc(Number(process.env.CANNED_BYTES ?? 0), 7);

createServer((request, response) => {
  if (memory !== 'canned') return void serve(request, response);
  response.writeHead(200, { 'content-type': 'image/webp', 'content-length': canned.length }).end(canned);
}).listen(Number(port), '127.0.0.1');
