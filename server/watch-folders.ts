import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { inProject } from '#platform/config/root.ts';

/** An editor that saves truncates first and writes then, or renames; "save all" saves many: they are one change. */
const SETTLE_MS = 25;
/** What is made, not written. */
const MADE = new Set(['node_modules', 'generated', 'schema']);

export interface Watching {
  close(): void;
}

/**
 * Tells of changed files in folders of the project, as paths in it, those of one save at once. Each folder has a watch
 * of its own: it sees a file that is replaced by another, as many editors save, where a watch of the file goes blind.
 */
export async function watchFolders(
  folders: readonly string[],
  onChange: (files: ReadonlySet<string>) => void,
): Promise<Watching> {
  const watchers = new Map<string, FSWatcher>();
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const settle = () => {
    const files = changed;
    changed = new Set();
    onChange(files);
  };
  const noteChange = (file: string) => {
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLE_MS);
  };

  const watchFolder = async (folder: string): Promise<void> => {
    if (MADE.has(path.basename(folder))) return;
    const entries = await readdir(inProject(folder), { withFileTypes: true });
    const watcher = watch(inProject(folder), (event, name) => {
      if (!name) return;
      const place = path.join(folder, name);
      noteChange(place);
      if (event === 'rename') watchAnew(place);
    });
    watcher.on('error', () => watcher.close());
    watchers.set(folder, watcher);
    const inner = entries.filter((entry) => entry.isDirectory());
    await Promise.all(inner.map((entry) => watchFolder(path.join(folder, entry.name))));
  };
  /** Something came or went: what was watched there is gone, and what is there now may be a folder. */
  const watchAnew = (place: string) => {
    for (const [folder, watcher] of watchers) {
      if (folder !== place && !folder.startsWith(`${place}${path.sep}`)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    watchFolder(place).catch(() => {}); // a file, or nothing
  };

  await Promise.all(folders.map(watchFolder));
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}
