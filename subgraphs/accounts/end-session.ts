import { Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { SessionEndPayload } from './account-payload.type.ts';
import { database } from './database.ts';

@Resolver()
export class EndSession {
  @Mutation(() => SessionEndPayload)
  sessionEnd(@Ctx() context: Context) {
    return payload(() => endSession(context));
  }
}

/**
 * Signs out: the session's refresh tokens are dead at once, its access tokens within 15 minutes. Nobody is refused,
 * so that signing out of a session that is over is no error.
 */
export async function endSession({ viewer }: Context) {
  if (viewer) {
    await database.prisma.session.updateMany({
      where: { id: viewer.sessionId, customerId: viewer.customerId, endedAt: null },
      data: { endedAt: new Date() },
    });
  }
  return {};
}
