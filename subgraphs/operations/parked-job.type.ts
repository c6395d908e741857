import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '#platform/graphql/connection.type.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { UserError } from '#platform/graphql/user-error.type.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'A job that failed too often, or that no retry can mend: it waits for staff, while its queue moves on.',
})
export class ParkedJob {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Whose job it is, e.g. payments-capture.' })
  consumer!: string;

  @Field(() => String, { description: 'The kind of event that it handles, e.g. orders.order-confirmed.v1.' })
  event!: string;

  @Field(() => String, { description: 'What the event says, as JSON.' })
  payload!: string;

  @Field(() => String, { description: 'What its last try said.' })
  reason!: string;

  @Field(() => Int)
  attempts!: number;

  @Field(() => DateTimeScalar)
  parkedAt!: Date;
}

@ObjectType({ simpleResolvers: true })
export class ParkedJobConnection extends connectionOf('ParkedJob', () => ParkedJob).Connection {}

@ObjectType({ simpleResolvers: true, description: 'How much there is to do for one consumer of events.' })
export class JobQueue {
  @Field(() => String)
  consumer!: string;

  @Field(() => Int)
  waiting!: number;

  @Field(() => Int)
  active!: number;

  @Field(() => Int, { description: 'Failed, and waiting for their next try.' })
  delayed!: number;

  @Field(() => Int)
  parked!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since when the oldest of the waiting and delayed jobs is there.',
  })
  oldestAt?: Date | null;
}

export enum OperationsErrorCode {
  JOB_NOT_FOUND = 'JOB_NOT_FOUND',
  CONSUMER_NOT_FOUND = 'CONSUMER_NOT_FOUND',
  NOTE_INVALID = 'NOTE_INVALID',
}
registerEnumType(OperationsErrorCode, { name: 'OperationsErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class OperationsError extends UserError {
  @Field(() => OperationsErrorCode)
  code!: OperationsErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class ParkedJobPayload {
  @Field(() => ParkedJob, { nullable: true, description: 'The job as it was parked.' })
  job?: ParkedJob | null;

  @Field(() => [OperationsError])
  userErrors!: OperationsError[];
}

@ObjectType({ simpleResolvers: true })
export class ParkedJobsPayload {
  @Field(() => Int, { nullable: true })
  retried?: number | null;

  @Field(() => [OperationsError])
  userErrors!: OperationsError[];
}
