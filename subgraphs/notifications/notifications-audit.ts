import { Arg, Directive, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { database } from './database.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class NotificationsFinding {
  @Field(() => String)
  invariant!: string;

  @Field(() => String)
  subject!: string;

  @Field(() => String)
  detail!: string;
}

@Resolver()
export class NotificationsAudit {
  @Internal()
  @Query(() => [NotificationsFinding], {
    description: 'What breaks the invariants of the messages sent in the window, at most 100; empty when all is well.',
  })
  notificationsAudit(
    @Arg('since', () => DateTimeScalar) since: Date,
    @Arg('until', () => DateTimeScalar) until: Date,
  ): Promise<NotificationsFinding[]> {
    return broken(since, until);
  }
}

/** Over SMTP only the stable Message-ID is ours, and the other side's to look at. */
const broken = database.statement<NotificationsFinding>(
  'notifications.broken-invariants',
  `SELECT 'one-mail' AS invariant, concat(kind, ' of ', subject_id) AS subject, format('%s mails', count(*)) AS detail
   FROM mailbox WHERE (kind, subject_id) IN (SELECT kind, subject_id FROM mailbox WHERE sent_at >= $1 AND sent_at < $2)
   GROUP BY kind, subject_id HAVING count(*) > 1 LIMIT 100`,
  'values',
);
