import { Arg, Ctx, Field, FieldResolver, InputType, Mutation, Resolver, Root } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { Authenticated } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { database } from '../database.ts';
import { CustomerReference } from '../notification.type.ts';
import { NotificationPreference, NotificationPreferencesPayload } from './choice.type.ts';
import { choicesOf, emailOf } from './choices.records.ts';
import { CHOICES, NoticeChannel, NoticeKind } from './notice-kind.ts';

@InputType()
export class NotificationPreferenceSetInput {
  @Field(() => NoticeKind)
  kind!: NoticeKind;

  @Field(() => NoticeChannel)
  channel!: NoticeChannel;

  @Field(() => Boolean)
  wanted!: boolean;
}

@Resolver(() => CustomerReference)
export class Choose {
  @FieldResolver(() => [NotificationPreference], { nullable: true, description: 'All that there is to choose.' })
  notificationPreferences(@Root() { id }: CustomerReference, @Ctx() context: Context) {
    return choicesOf(context, id);
  }

  @Authenticated()
  @Mutation(() => NotificationPreferencesPayload)
  notificationPreferenceSet(
    @Arg('input', () => NotificationPreferenceSetInput) input: NotificationPreferenceSetInput,
    @Ctx() context: Context,
  ) {
    return payload(() => choose(context, input));
  }
}

async function choose(context: Context, { kind, channel, wanted }: NotificationPreferenceSetInput) {
  const { customerId } = context.signedIn();
  const choice = CHOICES.find((each) => each.kind === kind && each.channel === channel);
  if (!choice) throw new Refusal('NOT_OFFERED', 'This is not sent that way.', { path: ['input', 'channel'] });
  if (!choice.changeable && !wanted)
    throw new Refusal('ALWAYS_SENT', 'Mails about an order are always sent.', { path: ['input', 'wanted'] });
  if (channel === NoticeChannel.EMAIL) await chooseMail(await emailOf(context, customerId), kind, wanted);
  else {
    const key = { customerId, kind, channel };
    await database.prisma.preference.upsert({
      where: { customerId_kind_channel: key },
      create: { ...key, wanted },
      update: { wanted },
    });
  }
  return { preferences: await choicesOf(context, customerId) };
}

/** Chooses for an address; doing it twice is harmless. */
export async function chooseMail(email: string | null, kind: NoticeKind, wanted: boolean): Promise<void> {
  if (!email) return;
  const { unsubscribed } = database.prisma;
  if (wanted) await unsubscribed.deleteMany({ where: { email, kind } });
  else await unsubscribed.createMany({ data: { email, kind }, skipDuplicates: true });
}
