import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inProject } from '#platform/config/root.ts';

/** Its own folder, which git ignores: Hive Gateway is measured, not used. */
const FOLDER = inProject('bench', '.hive-gateway');
const MANIFEST = {
  private: true,
  dependencies: { '@graphql-hive/gateway': '2.15.1', '@graphql-hive/router-runtime': '1.4.23' },
  // Later ones lose answers of merged calls.
  overrides: { '@graphql-tools/batch-execute': '10.2.0' },
};

/** The program, fetched from npm when it is not there yet; null, with a line about it, where that fails. */
export async function hiveGateway(): Promise<string | null> {
  const program = path.join(FOLDER, 'node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js');
  if (existsSync(program)) return program;
  process.stdout.write('Fetching Hive Gateway 2.15.1 from npm…\n');
  await mkdir(FOLDER, { recursive: true });
  await writeFile(path.join(FOLDER, 'package.json'), JSON.stringify(MANIFEST, null, 2));
  const code = await new Promise((resolve) =>
    spawn('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], {
      cwd: FOLDER,
      stdio: 'ignore',
      timeout: 300_000,
    })
      .on('error', () => resolve(1))
      .on('exit', resolve),
  );
  if (code === 0 && existsSync(program)) return program;
  process.stdout.write('It cannot be fetched: the rows of Hive Gateway are left out.\n');
  return null;
}

/** What the command line cannot say. */
export const hiveConfig = (deduplicate: boolean): string =>
  `export const gatewayConfig = { inboundInflightRequestDeduplication: ${deduplicate}, logging: 'error' };\n`;
