import { log } from '#platform/telemetry/log.ts';
import type { NoticeChannel } from '../choices/notice-kind.ts';

/** A short message to a telephone or an app. */
export interface ShortText {
  readonly channel: NoticeChannel.SMS | NoticeChannel.PUSH;
  /** A number (E.164), or the token that an app gave. */
  readonly address: string;
  readonly title: string;
  readonly body: string;
  /** The same when it is sent again, for providers that know an idempotency key. */
  readonly id: string;
}

/** What sends them: another provider is another object of this form, in shop-texts.ts. */
export interface TextProvider {
  /** Whether the address will never take anything again; then it is forgotten. Throws what may work later. */
  send(text: ShortText): Promise<'sent' | 'gone'>;
}

/** Writes into the log that something would go out, and neither to whom nor what. */
export const logTexts: TextProvider = {
  async send({ channel, id }) {
    log.info({ channel, id }, 'A text would go out here: give the shop a provider');
    return 'sent';
  },
};
