import { filesCacheBytes } from './config.ts';
import { fileServer } from './file-server.ts';
import { fileStore } from './open-file-store.ts';
import { uploadServer } from './upload-server.ts';
import { UPLOADS_PATH } from './uploads.ts';

/** What the router answers below these paths: pictures, and where they are sent. */
export const serveFiles = {
  '/files': fileServer(fileStore(), { cacheBytes: filesCacheBytes }),
  [UPLOADS_PATH]: uploadServer(fileStore()),
};
