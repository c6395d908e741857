import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A tab of the playground at a first visit. */
export interface PlaygroundExample {
  readonly query: string;
  /** JSON. */
  readonly variables?: string;
}

/** Each `.graphql` of a folder in the order of their names; a `.json` of the same name has its variables. */
export async function readExamples(folder: string): Promise<readonly PlaygroundExample[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).sort();
  return Promise.all(
    names.map(async (name): Promise<PlaygroundExample> => {
      const file = path.join(folder, name);
      const query = await readFile(file, 'utf8');
      const variables = await readFile(file.replace(/\.graphql$/, '.json'), 'utf8').catch(() => undefined);
      return variables === undefined ? { query } : { query, variables: variables.trim() };
    }),
  );
}
