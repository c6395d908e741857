import { Arg, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { payload } from '#platform/graphql/user-error.type.ts';
import { outboxRows } from '#platform/outbox/announce.ts';
import { PasswordResetRequestPayload } from './account-payload.type.ts';
import { passwordResetRequested } from './contracts/accounts.ts';
import { passwordResetLimit } from './credentials/attempt-limit.ts';
import { database } from './database.ts';
import { newMailedToken } from './mailed-token.ts';
import { normalizeEmail } from './rules/email.ts';

/** Longer than either way takes, so that the time does not tell whether the address is known. */
const ANSWER_AFTER_MS = 250;

@InputType()
export class PasswordResetRequestInput {
  @Field(() => String)
  email!: string;
}

@Resolver()
export class RequestPasswordReset {
  @Mutation(() => PasswordResetRequestPayload, {
    description: 'Answers the same whether or not the address is known.',
  })
  passwordResetRequest(@Arg('input', () => PasswordResetRequestInput) input: PasswordResetRequestInput) {
    return payload(() => requestPasswordReset(input));
  }
}

/** Has a link mailed to whoever has the address; the answer is the same, and as late, when nobody has it. */
export async function requestPasswordReset(input: PasswordResetRequestInput) {
  const email = normalizeEmail(input.email);
  if (email) await passwordResetLimit.attempt(email);
  const answerTime = new Promise((resolve) => setTimeout(resolve, ANSWER_AFTER_MS));
  await Promise.all([email && announceReset(email), answerTime]);
  return {};
}

async function announceReset(email: string): Promise<void> {
  const { prisma } = database;
  const customer = await prisma.customer.findUnique({ where: { email }, select: { id: true } });
  if (!customer) return;
  const reset = newMailedToken('PASSWORD_RESET');
  const requested = passwordResetRequested({ customerId: customer.id, email, resetToken: reset.secret });
  await prisma.$transaction([
    prisma.mailedToken.create({ data: { ...reset.row, customerId: customer.id } }),
    prisma.outbox.createMany({ data: outboxRows(requested) }),
  ]);
}
