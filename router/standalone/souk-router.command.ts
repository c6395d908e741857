import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ConfigError, isConfigError } from '#platform/config/config-error.ts';
import { inProject } from '#platform/config/root.ts';
import { withVariables } from '../supergraph-source/variables.config.ts';
import { environment, setTelemetry } from './environment.config.ts';
import { HELP, settingsHelp } from './help.ts';
import { readSettings } from './read-settings.ts';
import type { Settings } from './settings.ts';

const OPTIONS = {
  supergraph: { type: 'string', short: 's' },
  port: { type: 'string', short: 'p' },
  host: { type: 'string' },
  config: { type: 'string', short: 'c' },
  'subgraph-url': { type: 'string', multiple: true },
  dev: { type: 'boolean' },
  check: { type: 'boolean' },
  output: { type: 'string', short: 'o' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

const DEFAULT_FILE = 'router.yaml';

/** `souk-router`, whose words are told by `--help`; ends the process itself. */
export async function soukRouter(words: readonly string[]): Promise<void> {
  try {
    process.exitCode = await run(words);
  } catch (error) {
    process.stderr.write(`${await toldOf(error)}\n`);
    process.exit(1);
  }
}

type Given = ReturnType<typeof given>['values'];

async function run(words: readonly string[]): Promise<number> {
  const { values, positionals } = given(words);
  const [command, ...rest] = positionals;
  if (values.help || (words.length === 0 && !environment.SUPERGRAPH && !existsSync(DEFAULT_FILE))) return say(HELP);
  if (values.version) return say(`${JSON.parse(await readFile(inProject('package.json'), 'utf8')).version}\n`);
  if (command === 'settings') return say(settingsHelp());
  if (command === 'compose') return compose(rest, values);
  if (command !== undefined && command !== 'serve')
    throw new ConfigError(
      `There is no command ${command}: use compose, settings, or none to serve; --help tells more.`,
    );
  return serveUntilStopped(await settingsOf(values), values.check === true);
}

function given(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new ConfigError(`${(error as Error).message.split('. ')[0]}: souk-router --help lists all options.`);
  }
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

async function compose([file, ...more]: readonly string[], { output }: Given): Promise<number> {
  if (!file || more.length > 0)
    throw new ConfigError('Name the one supergraph.yaml to compose: souk-router compose supergraph.yaml.');
  const { composeCommand } = await import('./compose-command.ts');
  return composeCommand(file, output, {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
}

async function settingsOf(values: Given): Promise<Settings> {
  const name = values.config ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : undefined);
  const text = name && (await readFile(name, 'utf8').catch(() => null));
  if (text === null) throw new ConfigError(`There is no file ${name}: name the settings that are to be read.`);
  return readSettings({
    file: name && text !== undefined ? { name, text: withVariables(text, name) } : undefined,
    variables: environment,
    options: {
      ...(values.supergraph === undefined ? {} : { 'supergraph.from': values.supergraph }),
      ...(values.port === undefined ? {} : { port: Number(values.port) }),
      ...(values.host === undefined ? {} : { host: values.host }),
      ...(values.dev ? { playground: true, introspection: true, subgraphErrors: 'told' } : {}),
      ...Object.fromEntries((values['subgraph-url'] ?? []).map(subgraphUrl)),
    },
  });
}

function subgraphUrl(text: string): [path: string, url: string] {
  const [, name, url] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!name || !url)
    throw new ConfigError(`--subgraph-url is "${text}": set it to e.g. products=http://localhost:4001/graphql.`);
  return [`subgraphs.${name}.url`, url];
}

async function serveUntilStopped(settings: Settings, onlyCheck: boolean): Promise<number> {
  const { from } = settings.supergraph;
  if (!from)
    throw new ConfigError(
      'No supergraph is named: give --supergraph supergraph.graphql, or set SUPERGRAPH; souk-router --help tells more.',
    );
  setTelemetry(settings);
  const tell = (line: string) => line && process.stderr.write(`${line}\n`);
  // Loaded now and not above: logs, metrics and traces read their variables when they are loaded.
  if (onlyCheck) return say(await (await import('./check.ts')).check(from, settings));
  const since = performance.now();
  const { serve } = await import('./serve.ts');
  const serving = await serve(settings, from, tell);
  const host = settings.host && settings.host !== '0.0.0.0' ? settings.host : 'localhost';
  const took = ((performance.now() - since) / 1_000).toFixed(1);
  say(`souk-router serves ${from} at http://${host}:${serving.port}/graphql (started in ${took} s).\n`);

  const signal = await stopSignal();
  process.on(signal, () => process.exit(130));
  const { noticeMs, withinMs } = settings.drain;
  // Nobody sends to a terminal's Ctrl-C but whoever pressed it.
  await serving.stop({ noticeMs: signal === 'SIGINT' ? 0 : noticeMs, withinMs });
  process.exit(0);
}

const stopSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });

/** One sentence for what people can mend; Rover's words for what does not compose; all else keeps its stack. */
async function toldOf(error: unknown): Promise<string> {
  if (isConfigError(error)) return error.message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is taken by another program: stop that, or choose another with --port.`;
  if (code === 'EACCES') return `Port ${port} may not be listened at: choose one above 1023 with --port.`;
  const { CompositionError } = await import('../compose.ts');
  if (error instanceof CompositionError) {
    const { roverErrors } = await import('../rover-report.ts');
    return roverErrors(error, 2);
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
