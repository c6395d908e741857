import { log } from '#platform/telemetry/log.ts';
import { database } from '../database.ts';
import { logTexts, type ShortText, type TextProvider } from './text-provider.ts';

/** This shop's way of texting and pushing. */
const provider: TextProvider = logTexts;

/** Sends each at most once: one that is lost is better than one that wakes somebody twice. */
export async function sendTexts(customerId: string, texts: readonly ShortText[], by = provider): Promise<void> {
  for (const text of texts) {
    const { channel, address } = text;
    const end = await by.send(text).catch((reason) => {
      log.warn({ err: reason, channel, id: text.id }, 'A text was not sent');
      return 'lost' as const;
    });
    if (end === 'gone') await database.prisma.device.deleteMany({ where: { customerId, channel, address } });
  }
}
