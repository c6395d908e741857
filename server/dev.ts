import { readLaunchConfig } from './config.ts';
import { prepare } from './prepare.ts';
import { openProgress } from './progress.ts';
import { announce, openShop, partVariables, startDatabases, startStorefront } from './shop.ts';
import { untilStopped } from './until-stopped.ts';
import { watchServer } from './watch-server.ts';

// npm run dev: as npm start, but the server is bundled and started again whenever its source changes, and Next.js reloads by itself.
await untilStopped(async (program) => {
  const since = performance.now();
  const config = readLaunchConfig();
  const folder = await openShop(config, program);
  const progress = openProgress();
  program.stopping.addEventListener('abort', () => progress.close());

  const databases = startDatabases(folder, program);
  databases.catch(() => {}); // told below, once what runs beside it has ended
  const prepared = prepare(progress, { mode: 'development', stopping: program.stopping });
  await Promise.all([progress.step('Postgres', () => databases), prepared]);
  program.stopping.throwIfAborted();
  progress.close();

  const variables = { NODE_ENV: 'development', ...partVariables(config, folder, await databases) };
  await Promise.all([watchServer(program, variables), startStorefront(config, program, 'dev')]);
  await announce(config, folder, since);
});
