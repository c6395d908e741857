import { z } from 'zod';
import { Settings } from './settings.ts';

/** One setting of `router.yaml`. */
export interface Setting {
  /** Where it stands, e.g. `limits.depth`. */
  readonly path: readonly string[];
  /** The variable that sets it, e.g. `ROUTER_LIMITS_DEPTH`. */
  readonly variable: string;
  /** What it may be, e.g. `a whole number from 1 to 100`. */
  readonly kind: string;
  readonly byDefault: unknown;
  readonly meaning: string;
  readonly schema: JsonSchema;
}

/** As far as `z.toJSONSchema` is read here. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
}

export const SETTINGS_SCHEMA = z.toJSONSchema(Settings, { io: 'input', unrepresentable: 'any' }) as JsonSchema;

/** Every setting, in the order of the schema; those below a name of the user's are one setting, a table. */
export const SETTINGS: readonly Setting[] = settingsIn(SETTINGS_SCHEMA, []);

function settingsIn(schema: JsonSchema, path: readonly string[]): Setting[] {
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, inner]) => settingsIn(inner, [...path, name]));
  return [
    {
      path,
      variable: variableOf(path),
      kind: kindOf(schema),
      byDefault: schema.default,
      meaning: schema.description ?? '',
      schema,
    },
  ];
}

function variableOf(path: readonly string[]): string {
  if (path.join('.') === 'supergraph.from') return 'SUPERGRAPH';
  return ['ROUTER', ...path.map((name) => name.replace(/[A-Z]/g, '_$&').toUpperCase())].join('_');
}

/** For the end of "set it to …". */
export function kindOf(schema: JsonSchema): string {
  const { type, minimum, maximum } = schema;
  if (schema.enum) return `one of ${schema.enum.join(', ')}`;
  if (type === 'boolean') return 'true or false';
  if (type === 'integer' || type === 'number') {
    const range = minimum !== undefined && maximum !== undefined ? ` from ${minimum} to ${maximum}` : '';
    return `a ${type === 'integer' ? 'whole ' : ''}number${range}`;
  }
  if (type === 'array') return schema.items?.type === 'string' ? 'a list of texts' : 'a list';
  if (type === 'object') return 'a table';
  return schema.format === 'uri' ? 'an address' : 'a text';
}

/** What a variable says, as YAML would: lists of texts may be parted by commas. */
export function readVariable({ schema }: Setting, text: string, parseYaml: (text: string) => unknown): unknown {
  if (schema.type === 'string' || schema.enum) return text;
  if (schema.type === 'boolean' && /^[01]$/.test(text)) return text === '1';
  if (schema.type === 'array' && schema.items?.type === 'string' && !text.startsWith('['))
    return text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  return parseYaml(text);
}
