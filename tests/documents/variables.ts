import { readFileSync } from 'node:fs';
import { parseSync } from 'oxc-parser';
import { inProject } from '#platform/config/root.ts';
import { sourceFiles } from '#tests/architecture/imports.ts';

/** A variable that the program reads, and the file that declares it. */
export interface Variable {
  readonly name: string;
  readonly file: string;
}

/** All variables of the program, from the files that may read the environment; those of the tests aside. */
export function declaredVariables(): Variable[] {
  const files = sourceFiles().filter((file) => /(^|[/.])config\.ts$/.test(file) && !file.startsWith('tests/'));
  return files.flatMap((file) => {
    const source = readFileSync(inProject(file), 'utf8');
    const names = file.startsWith('web/') ? readByStorefront(source) : givenToReadConfig(file, source);
    return names.map((name) => ({ name, file }));
  });
}

/** The keys of what `readConfig` is called with; those computed from the subgraphs' names have none here. */
function givenToReadConfig(file: string, source: string): string[] {
  const names: string[] = [];
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, callee, arguments: given } = node as Call;
    if (type === 'CallExpression' && callee?.name === 'readConfig')
      for (const { key, computed } of given?.[0]?.properties ?? []) if (key?.name && !computed) names.push(key.name);
    Object.values(node).forEach(walk);
  };
  walk(parseSync(file, source).program);
  return names;
}

interface Call {
  readonly type?: string;
  readonly callee?: { readonly name?: string };
  readonly arguments?: { readonly properties?: { readonly key?: { readonly name?: string }; computed?: boolean }[] }[];
}

/** The storefront stands alone and names each in a call of its own. */
const readByStorefront = (source: string): string[] =>
  [...source.matchAll(/(?:wholeNumber|address)\('([A-Z_]+)'/g)].map(([, name]) => name!);
