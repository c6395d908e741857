import { fail } from './failure.ts';
import { prepare } from './prepare.ts';
import { openProgress } from './progress.ts';

// npm run build: all that npm start would make, and nothing is started.
const progress = openProgress();
await prepare(progress, { mode: 'production' })
  .finally(() => progress.close())
  .catch(fail);
