import { Arg, Directive, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { SessionPayload } from './account-payload.type.ts';
import { hashPassword } from './credentials/password-hash.ts';
import { shownCustomer } from './customer.loaders.ts';
import { database } from './database.ts';
import { requireMailedToken, spendMailedToken } from './mailed-token.ts';
import { requireStrongPassword } from './rules/password-policy.ts';
import { newRefreshToken, shownSession } from './session-tokens.ts';

@InputType()
export class PasswordResetInput {
  @Field(() => String)
  token!: string;

  @Field(() => String)
  newPassword!: string;
}

@Resolver()
export class ResetPassword {
  @Directive('@cost(weight: 50)')
  @Mutation(() => SessionPayload)
  passwordReset(@Arg('input', () => PasswordResetInput) input: PasswordResetInput) {
    return payload(() => resetPassword(input));
  }
}

/** Sets the password, ends every session of the customer, uses up all reset links, and signs in anew. */
export async function resetPassword({ token, newPassword }: PasswordResetInput) {
  const password = requireStrongPassword(newPassword, null, 'newPassword');
  await requireMailedToken(database.prisma, 'PASSWORD_RESET', token);
  const passwordHash = await hashPassword(password);
  const sessionId = newId('ses');
  const refreshToken = newRefreshToken();

  const row = await database.prisma.$transaction(async (transaction) => {
    const customerId = await spendMailedToken(transaction, 'PASSWORD_RESET', token);
    const now = new Date();
    // The customer's row first: a sign-in with the old password waits for it, or is seen and ended below.
    const customer = await transaction.customer.update({ where: { id: customerId }, data: { passwordHash } });
    await transaction.session.updateMany({ where: { customerId, endedAt: null }, data: { endedAt: now } });
    await transaction.mailedToken.updateMany({
      where: { customerId, kind: 'PASSWORD_RESET', usedAt: null },
      data: { usedAt: now },
    });
    await transaction.session.create({
      data: { id: sessionId, customerId, refreshTokens: { create: refreshToken.row } },
    });
    // The link reached its owner's mailbox: that proves the address as well.
    if (customer.emailVerifiedAt) return customer;
    return transaction.customer.update({ where: { id: customerId }, data: { emailVerifiedAt: now } });
  });
  return { session: await shownSession(shownCustomer(row), sessionId, refreshToken) };
}
