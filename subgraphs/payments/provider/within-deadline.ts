import { paymentsConfig } from '../config.ts';

/** The provider was too slow. What it was asked may have happened all the same. */
export class ProviderTimeout extends Error {
  override readonly name = 'ProviderTimeout';
}

/** Waits for the provider, but not longer than a checkout's lease lasts. */
export async function withinDeadline<Answer>(
  call: Promise<Answer>,
  deadlineMs = paymentsConfig.providerDeadlineMs,
): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ProviderTimeout(`The payment provider took longer than ${deadlineMs} ms.`)),
      deadlineMs,
    );
  });
  return Promise.race([call, late]).finally(() => clearTimeout(timer));
}
