import { pathToFileURL } from 'node:url';
import { inProject } from '#platform/config/root.ts';
import { readLaunchConfig, setEnvironment } from './config.ts';
import { prepare } from './prepare.ts';
import { openProgress } from './progress.ts';
import { announce, openShop, partVariables, startDatabases, startStorefront } from './shop.ts';
import { untilStopped } from './until-stopped.ts';

// npm start: everything in one process, but Postgres and Next.js, which end with it.
await untilStopped(async (program) => {
  const since = performance.now();
  const config = readLaunchConfig();
  const folder = await openShop(config, program);
  const progress = openProgress();
  program.stopping.addEventListener('abort', () => progress.close());

  const databases = startDatabases(folder, program);
  databases.catch(() => {}); // told below, once what runs beside it has ended
  await Promise.all([
    progress.step('Postgres', () => databases),
    prepare(progress, { mode: 'production', stopping: program.stopping }),
  ]);
  program.stopping.throwIfAborted();
  setEnvironment({ NODE_ENV: 'production', ...partVariables(config, folder, await databases) });

  const { startSouk } = (await import(
    pathToFileURL(inProject('build/server/main.js')).href
  )) as typeof import('./main.ts');
  await Promise.all([
    progress.step('Parts', () => startSouk(program, { say: (line) => progress.say(`    ${line}`) })),
    progress.step('Next.js', () => startStorefront(config, program, 'start')),
  ]);
  progress.close();
  await announce(config, folder, since);
});
