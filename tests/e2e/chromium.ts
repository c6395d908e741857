import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { isCi } from '#tests/run.config.ts';
import { e2eConfig } from './e2e.config.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** A Chromium on this machine, or null; where everything must be installed its lack is a failure. */
export function findChromium(): string | null {
  const places = e2eConfig.chromium
    ? [e2eConfig.chromium]
    : e2eConfig.path.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  const found = places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found && isCi) throw new Error('There is no Chromium: apt-get install chromium, or set CHROMIUM to its path.');
  return found ?? null;
}

/** Without a sandbox as root, as Chromium demands, and without its own calls home. */
export const launchChromium = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
    ],
  });
