import { Arg, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { NotificationsUnsubscribePayload } from './choice.type.ts';
import { chooseMail } from './choose.ts';
import { readUnsubscribeToken } from './unsubscribe-token.ts';

@InputType()
export class NotificationsUnsubscribeInput {
  @Field(() => String, { description: 'Of the link in a mail.' })
  token!: string;
}

@Resolver()
export class Unsubscribe {
  @Mutation(() => NotificationsUnsubscribePayload, {
    description: 'Ends mails of one kind to one address, without signing in. Doing it twice is harmless.',
  })
  notificationsUnsubscribe(@Arg('input', () => NotificationsUnsubscribeInput) input: NotificationsUnsubscribeInput) {
    return payload(() => unsubscribe(input));
  }
}

async function unsubscribe({ token }: NotificationsUnsubscribeInput) {
  const read = readUnsubscribeToken(token);
  if (!read)
    throw new Refusal('TOKEN_INVALID', 'This link is not whole. Open it from the mail once more.', {
      path: ['input', 'token'],
    });
  await chooseMail(read.email, read.kind, false);
  return { kind: read.kind };
}
