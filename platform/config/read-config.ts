import { z } from 'zod';
import { ConfigError } from './config-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads a part's variables. Each carries, by `.describe()` at the end of its schema, what it should be set to, such
 * as `a port from 1 to 65535`; the first wrong one throws a `ConfigError` that says so. An empty variable counts as unset.
 *
 *     export const config = readConfig({ ROUTER_PORT: port().default(4000).describe('a free port') }, process.env);
 */
export function readConfig<Shape extends z.ZodRawShape>(shape: Shape, env: Environment): z.output<z.ZodObject<Shape>> {
  const given: Record<string, string | undefined> = {};
  for (const name of Object.keys(shape)) given[name] = env[name]?.trim() || undefined;
  const result = z.object(shape).safeParse(given);
  if (result.success) return result.data;
  const name = String(result.error.issues[0]?.path[0]);
  throw new ConfigError(sentence(name, given[name], helpOf(name, shape[name])));
}

/** A TCP port to listen on. */
export const port = () => z.coerce.number().int().min(1).max(65_535);

/** `1` or `true`, `0` or `false`. */
export const flag = () => z.stringbool({ truthy: ['1', 'true'], falsy: ['0', 'false'] });

/** A URL with one of these schemes, e.g. `url('postgresql', 'postgres')`. */
export const url = (...schemes: [string, ...string[]]) =>
  z.url({ protocol: new RegExp(`^(?:${schemes.join('|')})$`), hostname: /^.*$/ });

/** Names parted by commas. */
export const list = () =>
  z.string().transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );

function helpOf(name: string, schema: z.core.$ZodType | undefined): string {
  const help = schema && z.globalRegistry.get(schema)?.description;
  if (!help) throw new Error(`The variable ${name} lacks .describe() at the end of its schema.`);
  return help;
}

const sentence = (name: string, value: string | undefined, help: string): string =>
  `${name} ${value === undefined ? 'is not set' : `is ${shown(name, value)}`}: set it to ${help}.`;

/** What was given, as far as a log may know it. */
function shown(name: string, value: string): string {
  if (/SECRET|PASSWORD|TOKEN|KEY/.test(name)) return `a text of ${value.length} characters`;
  const masked = value.replace(/(:\/\/[^:/@]*:).*@/, '$1***@');
  return JSON.stringify(masked.length > 80 ? `${masked.slice(0, 80)}…` : masked);
}
