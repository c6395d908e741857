import path from 'node:path';
import { filesFolder } from './config.ts';
import { fileServer } from './file-server.ts';
import { localFileStore } from './file-store.ts';

const folder = filesFolder();

/** The files of this installation. */
export const fileStore = localFileStore(folder);

/** What the router answers below `/files`. */
export const serveFiles = fileServer(fileStore, path.join(folder, '.sizes'));
