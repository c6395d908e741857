import { createServer } from 'node:http';
import { readBody } from '#platform/graphql/http-body.ts';
import { cannedAnswers } from './canned.ts';
import { SUBGRAPHS } from './graph.ts';

/** All four subgraphs, on ports from the first argument on. */
const [first = '0'] = process.argv.slice(2);
SUBGRAPHS.forEach((name, index) => {
  const answerTo = cannedAnswers(name);
  const server = createServer(async (request, response) => {
    const answer = await answerTo(await readBody(request, 1 << 20));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
    response.end(answer);
  });
  server.keepAliveTimeout = 65_000;
  server.listen(Number(first) + index, '127.0.0.1');
});
