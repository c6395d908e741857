import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'One thing that happened to an order, or was done for it. For staff.',
})
export class TimelineEntry {
  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => String, { description: 'A part, a process, `customer cus_…`, `guest` or `staff cus_…`.' })
  who!: string;

  @Field(() => String, { description: 'e.g. `order.shipped`, or a step of a saga: `checkout.reserve done`.' })
  what!: string;

  @Field(() => String, { nullable: true })
  detail?: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Work on an order that failed too often and waits for a hand: mend its cause, then retry it.',
})
export class ParkedSaga {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Its kind, e.g. `checkout`.' })
  name!: string;

  @Field(() => String)
  step!: string;

  @Field(() => String, { nullable: true, description: 'Why it failed last.' })
  fault?: string | null;

  @Field(() => Int)
  attempts!: number;

  @Field(() => DateTimeScalar)
  parkedAt!: Date;
}
