import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Query, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { MoneyInput } from '#platform/graphql/money.type.ts';
import { CountryCodeScalar } from '#platform/graphql/scalars.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { database } from './database.ts';
import { allZones, INCLUDED, rateRows, ratesByPlace, toZone } from './delivery-zone.records.ts';
import { DeliveryZone, DeliveryZoneDeletePayload, DeliveryZonePayload, toDeliveryZone } from './delivery-zone.type.ts';
import { type NewZone, newDeliveryZone } from './rules/new-delivery-zone.ts';

@InputType()
class DeliveryPlaceInput {
  @Field(() => CountryCodeScalar)
  country!: string;

  @Field(() => String, { nullable: true, description: 'As shoppers write it in their address, in any case.' })
  region?: string | null;
}

@InputType()
class IntRangeInput {
  @Field(() => Int)
  min!: number;

  @Field(() => Int)
  max!: number;
}

@InputType()
class DeliverySurchargeInput {
  @Field(() => MoneyInput)
  amount!: MoneyInput;

  @Field(() => Int)
  aboveGrams!: number;

  @Field(() => Int)
  perGrams!: number;
}

@InputType()
class DeliveryRateInput {
  @Field(() => ID)
  optionId!: string;

  @Field(() => String)
  title!: string;

  @Field(() => MoneyInput)
  price!: MoneyInput;

  @Field(() => MoneyInput, { nullable: true })
  freeFrom?: MoneyInput | null;

  @Field(() => MoneyInput, { nullable: true })
  minimumSubtotal?: MoneyInput | null;

  @Field(() => Int, { nullable: true })
  minimumWeightGrams?: number | null;

  @Field(() => Int, { nullable: true })
  maximumWeightGrams?: number | null;

  @Field(() => DeliverySurchargeInput, { nullable: true })
  surcharge?: DeliverySurchargeInput | null;

  @Field(() => IntRangeInput)
  estimatedDays!: IntRangeInput;
}

@InputType()
export class DeliveryZoneInput {
  @Field(() => String)
  name!: string;

  @Field(() => [DeliveryPlaceInput])
  places!: DeliveryPlaceInput[];

  @Field(() => [DeliveryRateInput], { description: 'Offered in this order.' })
  rates!: DeliveryRateInput[];
}

@InputType({ description: 'What is given replaces what was.' })
export class DeliveryZoneUpdateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => [DeliveryPlaceInput], { nullable: true })
  places?: DeliveryPlaceInput[] | null;

  @Field(() => [DeliveryRateInput], { nullable: true })
  rates?: DeliveryRateInput[] | null;

  @Field(() => Int, { description: 'The version that the change was made on.' })
  expectedVersion!: number;
}

@Resolver()
export class DeliveryZones {
  @RequiresScopes('shipping:write')
  @Query(() => [DeliveryZone], { nullable: true, description: 'At most 100. shipping:write' })
  async deliveryZones(@Ctx() _context: Context): Promise<DeliveryZone[]> {
    return (await allZones()).map(toDeliveryZone);
  }

  @RequiresScopes('shipping:write')
  @Mutation(() => DeliveryZonePayload, { description: 'shipping:write' })
  deliveryZoneCreate(@Arg('input', () => DeliveryZoneInput) input: DeliveryZoneInput, @Ctx() _context: Context) {
    return payload(() => createZone(input));
  }

  @RequiresScopes('shipping:write')
  @Mutation(() => DeliveryZonePayload, {
    description: 'Carts see it within five seconds; orders keep what was bought. shipping:write',
  })
  deliveryZoneUpdate(
    @Arg('input', () => DeliveryZoneUpdateInput) input: DeliveryZoneUpdateInput,
    @Ctx() _context: Context,
  ) {
    return payload(() => updateZone(input));
  }

  @RequiresScopes('shipping:write')
  @Mutation(() => DeliveryZoneDeletePayload, {
    description: 'The shop delivers there no more. Deleting it twice is harmless. shipping:write',
  })
  deliveryZoneDelete(@Arg('id', () => ID) id: string, @Ctx() _context: Context) {
    return payload(() => deleteZone(id));
  }
}

const MOST_ZONES = 100;

async function createZone(input: DeliveryZoneInput) {
  const zone = newDeliveryZone(input, SHOP.currency);
  if ((await database.prisma.deliveryZone.count()) >= MOST_ZONES)
    throw new Refusal('ZONE_LIMIT', `There are ${MOST_ZONES} zones already. Delete one.`, { path: ['input'] });
  const { name, places, rates } = zone;
  const made = await orTaken(() =>
    database.prisma.deliveryZone.create({
      data: { id: newId('zone'), name, places: { create: [...places] }, rates: { create: rateRows(rates) } },
      include: INCLUDED,
    }),
  );
  ratesByPlace.forget();
  return { zone: toDeliveryZone(toZone(made)) };
}

/** The version is the condition of the write, so that of two changes made on the same one the second is refused. */
async function updateZone({ id, expectedVersion, ...wish }: DeliveryZoneUpdateInput) {
  const where = { id: id.replaceAll('\0', ''), version: expectedVersion };
  const row = await database.prisma.deliveryZone.findUnique({ where: { id: where.id }, include: INCLUDED });
  if (!row) throw new Refusal('ZONE_NOT_FOUND', 'There is no such zone.', { path: ['input', 'id'] });
  const before = toDeliveryZone(toZone(row));
  const { name, places, rates }: NewZone = newDeliveryZone(
    { name: wish.name ?? before.name, places: wish.places ?? before.places, rates: wish.rates ?? before.rates },
    SHOP.currency,
  );
  const written = await orTaken(() =>
    database.prisma.$transaction(async (tx) => {
      const { count } = await tx.deliveryZone.updateMany({ where, data: { name, version: { increment: 1 } } });
      if (count === 0) throw changed();
      await tx.deliveryPlace.deleteMany({ where: { zoneId: row.id } });
      await tx.deliveryPlace.createMany({ data: places.map((place) => ({ ...place, zoneId: row.id })) });
      await tx.deliveryRate.deleteMany({ where: { zoneId: row.id } });
      await tx.deliveryRate.createMany({ data: rateRows(rates).map((rate) => ({ ...rate, zoneId: row.id })) });
      return tx.deliveryZone.findUniqueOrThrow({ where: { id: row.id }, include: INCLUDED });
    }),
  );
  ratesByPlace.forget();
  return { zone: toDeliveryZone(toZone(written)) };
}

const changed = () =>
  new Refusal('ZONE_CHANGED', 'The zone has changed meanwhile. Read it again.', { path: ['input', 'expectedVersion'] });

async function deleteZone(id: string) {
  await database.prisma.deliveryZone.deleteMany({ where: { id: id.replaceAll('\0', '') } });
  ratesByPlace.forget();
  return { deletedId: id };
}

/** That a place is in one zone only is held by its key. */
async function orTaken<Done>(write: () => Promise<Done>): Promise<Done> {
  try {
    return await write();
  } catch (reason) {
    if ((reason as { code?: unknown }).code !== 'P2002') throw reason;
    throw new Refusal('PLACE_TAKEN', 'One of these places is in another zone. Take it out there first.', {
      path: ['input', 'places'],
    });
  }
}
