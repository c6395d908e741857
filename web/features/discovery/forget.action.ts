'use server';

import { refresh } from 'next/cache';
import { cookies } from 'next/headers';
import { BrowsingForgetDocument } from '#generated/graphql.ts';
import { wordsForApiError } from '#graphql/api-error.ts';
import { request } from '#graphql/request.ts';
import { VISITOR_COOKIE } from './visitor-cookie.ts';

/** Forgets what was looked at and searched for, and the key under which it was kept. */
export async function forgetBrowsing(): Promise<{ readonly refusal?: string }> {
  const jar = await cookies();
  const visitor = jar.get(VISITOR_COOKIE)?.value ?? null;
  try {
    await request(BrowsingForgetDocument, { input: { visitor } });
    jar.delete(VISITOR_COOKIE);
    refresh();
    return {};
  } catch (error) {
    return { refusal: wordsForApiError(error) };
  }
}
