import { parse as parseYaml } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from '#platform/config/config-error.ts';
import { type JsonSchema, kindOf, readVariable, SETTINGS, SETTINGS_SCHEMA } from './setting-list.ts';
import { Settings } from './settings.ts';

export interface GivenSettings {
  /** `router.yaml`, with its name. */
  readonly file?: { readonly name: string; readonly text: string } | undefined;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** By path, e.g. `port`, as the command line has them. */
  readonly options: Readonly<Record<string, unknown>>;
}

type Table = Record<string, unknown>;

/** The command line counts more than a variable, and that more than the file. Throws one sentence on the first mistake. */
export function readSettings({ file, variables, options }: GivenSettings): Settings {
  const given: Table = file ? tableIn(file) : {};
  if (typeof given.supergraph === 'string') given.supergraph = { from: given.supergraph };
  const saidBy = new Map<string, string>();
  for (const setting of SETTINGS) {
    const text = variables[setting.variable]?.trim();
    if (!text) continue;
    put(given, setting.path, readVariable(setting, text, parseYaml));
    saidBy.set(setting.path.join('.'), setting.variable);
  }
  for (const [path, value] of Object.entries(options)) {
    put(given, path.split('.'), value);
    saidBy.set(path, 'the command line');
  }
  const result = Settings.safeParse(given);
  if (result.success) return result.data;
  throw new ConfigError(sentence(result.error.issues[0]!, given, saidBy, file?.name ?? 'router.yaml'));
}

function tableIn({ name, text }: { name: string; text: string }): Table {
  let parsed: unknown;
  try {
    parsed = parseYaml(text) ?? {};
  } catch (error) {
    throw new ConfigError(`${name} is not YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  if (typeof parsed !== 'object' || Array.isArray(parsed))
    throw new ConfigError(`${name} is not a table of settings: write it as e.g. "port: 4000".`);
  return parsed as Table;
}

function put(table: Table, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    table[name] = value;
    return;
  }
  const inner = table[name];
  table[name] = typeof inner === 'object' && inner !== null ? { ...inner } : {};
  put(table[name] as Table, rest, value);
}

function sentence(issue: z.core.$ZodIssue, given: Table, saidBy: ReadonlyMap<string, string>, file: string): string {
  const deepest = deepestOf(issue);
  const path = deepest.path.map(String);
  const place = path.join('.');
  if (deepest.code === 'unrecognized_keys') {
    const key = deepest.keys[0] ?? '';
    const known = Object.keys(schemaAt(SETTINGS_SCHEMA, path)?.properties ?? {});
    const mend = known.length > 0 ? `use one of ${known.join(', ')}` : 'leave it out';
    return `${file}: there is no setting ${[...path, key].join('.')}: ${mend}.`;
  }
  const schema = schemaAt(SETTINGS_SCHEMA, path);
  const from = saidBy.get(place);
  const name = from && from !== 'the command line' ? from : `${from ?? file}: ${place}`;
  const value = path.reduce<unknown>((table, key) => (table as Table | undefined)?.[key], given);
  const mend = schema && kindOf(schema) !== 'a text' ? `set it to ${kindOf(schema)}` : deepest.message;
  return `${name} is ${shown(place, value)}: ${mend}${schema?.description ? ` (${schema.description})` : ''}.`;
}

/** Of a union, that which came closest. */
function deepestOf(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors.flat().map((each) => deepestOf(each as z.core.$ZodIssue));
  const closest = inner.sort((a, b) => b.path.length - a.path.length)[0];
  return closest ? ({ ...closest, path: [...issue.path, ...closest.path] } as z.core.$ZodIssue) : issue;
}

function schemaAt(schema: JsonSchema | undefined, [name, ...rest]: readonly string[]): JsonSchema | undefined {
  if (name === undefined || !schema) return schema;
  const further = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  return schemaAt(schema.properties?.[name] ?? further ?? schema.items, rest);
}

/** What was given, as far as a terminal or a log may show it. */
function shown(place: string, value: unknown): string {
  if (value === undefined) return 'not set';
  if (/headers|secret|password|token/i.test(place)) return 'a text that is not shown';
  // Addresses carry passwords.
  return JSON.stringify(value)
    .replace(/(:\/\/)[^/@"]*@/g, '$1***@')
    .slice(0, 80);
}
