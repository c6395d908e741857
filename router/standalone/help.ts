import { SETTINGS } from './setting-list.ts';

export const HELP = `souk-router: a router for any Apollo Federation supergraph

Usage
  souk-router --supergraph <source> [options]     serves a supergraph
  souk-router compose <supergraph.yaml>           writes the supergraph's SDL to stdout
  souk-router settings                            lists all settings, with their variables and defaults

A <source> is
  supergraph.graphql        a file of SDL, taken again when it changes
  supergraph.yaml           Rover's file of subgraphs, composed here, and again when it or a schema changes
  https://host/path         an address that answers SDL, asked every ten seconds

Options of serving
  -s, --supergraph <source>      what to serve; or the variable SUPERGRAPH
  -p, --port <number>            where to listen, 4000 by default
      --host <address>           the address to listen at, e.g. 127.0.0.1; all by default
  -c, --config <file>            settings in YAML; ./router.yaml is read when it is there
      --subgraph-url <name=url>  where a subgraph answers, instead of what the supergraph says; may be repeated
      --dev                      GraphiQL, introspection and the subgraphs' own errors, in production too
      --check                    reads settings and supergraph, says whether they are good, and ends

Options of compose
  -o, --output <file>            writes the SDL there instead

  -h, --help                     shows this
  -v, --version                  shows the version

Once it serves
  POST /graphql                  queries, mutations; GET as the GraphQL over HTTP specification says
  ws  /graphql                   subscriptions and all else (graphql-transport-ws)
  GET /                          GraphiQL, unless NODE_ENV is production
  GET /health/live, /health/ready

Example
  souk-router compose supergraph.yaml --output supergraph.graphql
  souk-router --supergraph supergraph.graphql --port 4000
  curl localhost:4000/graphql -H 'content-type: application/json' -d '{"query":"{ __typename }"}'
`;

/** A table of all settings, as `router.yaml` has them. */
export function settingsHelp(): string {
  const rows = SETTINGS.map(({ path, variable, kind, byDefault, meaning }) => [
    path.join('.'),
    variable,
    byDefault === undefined ? '' : JSON.stringify(byDefault),
    meaning ? `${meaning} (${kind})` : kind,
  ]);
  const header = ['setting in router.yaml', 'variable', 'default', 'meaning'];
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)));
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, column) => (column < 3 ? cell.padEnd(widths[column]!) : cell))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
    .concat('\n');
}
