import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder, whether this code runs from its source or from the bundle in `build/`. */
export const PROJECT_ROOT = findRoot(path.dirname(fileURLToPath(import.meta.url)));

/** The absolute path of a file or folder of the project. */
export const inProject = (...segments: string[]): string => path.join(PROJECT_ROOT, ...segments);

function findRoot(folder: string): string {
  const file = path.join(folder, 'package.json');
  if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'souk') return folder;
  const parent = path.dirname(folder);
  if (parent === folder)
    throw new Error('Souk runs inside its own folder only: no package.json named "souk" lies above.');
  return findRoot(parent);
}
