import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { inProject } from '#platform/config/root.ts';

export interface Import {
  /** The importing file, from the root, e.g. `orders/place-order.ts`. */
  readonly from: string;
  /** The imported file, from the root; null for a package. */
  readonly to: string | null;
  readonly package: string | null;
  /** Only types: nothing is loaded. */
  readonly typeOnly: boolean;
}

const FOLDERS = ['server', 'platform', 'subgraphs', 'router', 'web', 'prisma', 'tests', 'bench'];

/** Every import of the project's own source, types and `import()` included. */
export function readImports(): Import[] {
  return sourceFiles().flatMap((from) => {
    const text = readFileSync(inProject(from), 'utf8');
    const { module } = parseSync(from, text);
    const statics = module.staticImports.map((each) => ({
      specifier: each.moduleRequest.value,
      typeOnly: each.entries.length > 0 && each.entries.every((entry) => entry.isType),
    }));
    const exported = module.staticExports.flatMap(({ entries }) =>
      entries.flatMap((entry) =>
        entry.moduleRequest ? [{ specifier: entry.moduleRequest.value, typeOnly: entry.isType }] : [],
      ),
    );
    const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
      specifier: text.slice(start + 1, end - 1),
      typeOnly: false,
    }));
    return [...statics, ...exported, ...dynamic].map(({ specifier, typeOnly }) => ({
      from,
      typeOnly,
      ...target(from, specifier),
    }));
  });
}

export const sourceFiles = (): string[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter(
      (file) =>
        /\.(tsx?|mjs)$/.test(file) &&
        !/(^|\/)(generated|node_modules|\.next|build)\//.test(file) &&
        !file.endsWith('.d.ts'),
    );

function target(from: string, specifier: string): { to: string | null; package: string | null } {
  if (specifier.startsWith('.')) return { to: path.posix.join(path.posix.dirname(from), specifier), package: null };
  // The storefront is a package of its own, with subpaths of its own.
  if (specifier.startsWith('#') && from.startsWith('web/')) return { to: `web/${specifier.slice(1)}`, package: null };
  if (specifier.startsWith('#')) return { to: specifier.slice(1), package: null };
  if (from.startsWith('web/') && specifier.startsWith('@/')) return { to: `web/${specifier.slice(2)}`, package: null };
  const [scope, name] = specifier.split('/');
  return { to: null, package: specifier.startsWith('@') ? `${scope}/${name}` : (scope ?? specifier) };
}
