import type { CompositionError, Problem } from './compose.ts';

const MORE = 'https://www.apollographql.com/docs/federation/errors/';

/** Why subgraphs do not compose, as `rover supergraph compose` prints it on stderr, so that scripts can read both. */
export function roverErrors({ problems }: CompositionError, subgraphs: number): string {
  const errors = problems.length === 1 ? '1 build error' : `${problems.length} build errors`;
  const wrong =
    subgraphs === 1
      ? 'The subgraph schema you provided is invalid.'
      : 'The subgraph schemas you provided are incompatible with each other.';
  return [
    `error[E029]: Encountered ${errors} while trying to build a supergraph.`,
    '',
    'Caused by:',
    ...problems.flatMap((problem) => problem.split('\n')).map((line) => `    ${line}`.trimEnd()),
    '',
    `        ${wrong} See ${MORE} for more information on resolving build errors.`,
    '',
  ].join('\n');
}

/** What composition noticed without failing, as Rover prints it. */
export const roverHints = (hints: readonly Problem[]): string =>
  hints.map(({ code, message }) => `HINT: [${code}]: ${message}\n`).join('');
