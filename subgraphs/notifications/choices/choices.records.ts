import type { Context } from '#platform/graphql/context.ts';
import { customersByIds } from '#subgraphs/accounts/contracts/accounts.ts';
import { database } from '../database.ts';
import { CHOICES, NoticeChannel, type NoticeKind } from './notice-kind.ts';
import { mailKey } from './unsubscribe-token.ts';

export interface Choice {
  kind: NoticeKind;
  channel: NoticeChannel;
  wanted: boolean;
  changeable: boolean;
}

/** All that a customer can choose, as it is now. E-mail is a choice of the address, so that a link in a mail makes the same. */
export async function choicesOf(context: Context, customerId: string): Promise<Choice[]> {
  const email = await emailOf(context, customerId);
  const [chosen, ended] = await Promise.all([
    database.prisma.preference.findMany({ where: { customerId } }),
    email ? database.prisma.unsubscribed.findMany({ where: { email } }) : [],
  ]);
  return CHOICES.map(({ kind, channel, usual, changeable }) => ({
    ...{ kind, channel, changeable },
    wanted:
      channel === NoticeChannel.EMAIL
        ? !changeable || !ended.some((row) => row.kind === kind)
        : (chosen.find((row) => row.kind === kind && row.channel === channel)?.wanted ?? usual),
  }));
}

export async function emailOf(context: Context, customerId: string): Promise<string | null> {
  const { customersByIds: found } = await context.ask(customersByIds, { ids: [customerId] });
  return found[0] ? mailKey(found[0].email) : null;
}

/** Which of these addresses want no mail of a kind. */
export async function unsubscribedOf(emails: readonly string[], kind: NoticeKind): Promise<Set<string>> {
  const where = { kind, email: { in: emails.map(mailKey) } };
  return new Set((await database.prisma.unsubscribed.findMany({ where })).map(({ email }) => email));
}
