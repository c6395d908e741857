import { cookies } from 'next/headers';
import { cache } from 'react';
import { ViewerDocument, type ViewerQuery } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { ACCESS_COOKIE } from './session-cookies.ts';

export type Viewer = NonNullable<ViewerQuery['me']>;

/** Who is signed in, once per request; a guest costs no question. */
export const currentViewer = cache(async (): Promise<Viewer | null> => {
  if (!(await cookies()).has(ACCESS_COOKIE)) return null;
  return (await request(ViewerDocument)).me;
});
