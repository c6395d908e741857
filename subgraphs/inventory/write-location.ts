import { Arg, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { payload, UserError } from '#platform/graphql/user-error.type.ts';
import { database } from './database.ts';
import { Location } from './location.type.ts';

export enum LocationErrorCode {
  LOCATION_EXISTS = 'LOCATION_EXISTS',
  LOCATION_NOT_FOUND = 'LOCATION_NOT_FOUND',
  LOCATION_LIMIT = 'LOCATION_LIMIT',
  INVALID_ID = 'INVALID_ID',
  INVALID_TITLE = 'INVALID_TITLE',
  INVALID_PRIORITY = 'INVALID_PRIORITY',
}
registerEnumType(LocationErrorCode, { name: 'LocationErrorCode' });

@InputType()
export class LocationCreateInput {
  @Field(() => ID, {
    description: 'What StockSetInput.location names it: small letters, digits and hyphens, e.g. "berlin-2".',
  })
  id!: string;

  @Field(() => String, { description: 'At most 100 characters.' })
  title!: string;

  @Field(() => Int, {
    description: 'From 0 to 1000: the lower, the earlier orders are served from here. `main` begins with 0.',
  })
  priority!: number;
}

@InputType()
export class LocationUpdateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => Int, { nullable: true })
  priority?: number | null;
}

@ObjectType({ implements: UserError, simpleResolvers: true })
export class LocationError extends UserError {
  @Field(() => LocationErrorCode)
  code!: LocationErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class LocationPayload {
  @Field(() => Location, { nullable: true })
  location?: Location | null;

  @Field(() => [LocationError])
  userErrors!: LocationError[];
}

@Resolver()
export class LocationResolver {
  @RequiresScopes('inventory:read')
  @Query(() => [Location], { description: 'inventory:read. In the order in which orders are served from them.' })
  locations(): Promise<Location[]> {
    return listLocations();
  }

  @RequiresScopes('inventory:write')
  @Mutation(() => LocationPayload, { description: 'inventory:write' })
  locationCreate(@Arg('input', () => LocationCreateInput) input: LocationCreateInput): Promise<LocationPayload> {
    return payload(() => createLocation(input));
  }

  @RequiresScopes('inventory:write')
  @Mutation(() => LocationPayload, { description: 'inventory:write. What is left out stays.' })
  locationUpdate(@Arg('input', () => LocationUpdateInput) input: LocationUpdateInput): Promise<LocationPayload> {
    return payload(() => updateLocation(input));
  }
}

/** Every one that keeps a variant is locked and looked at for each order of it: a bound, not exact to the last one. */
const MOST_LOCATIONS = 50;

const listLocations = (): Promise<Location[]> =>
  database.prisma.location.findMany({ orderBy: [{ priority: 'asc' }, { id: 'asc' }] });

export async function createLocation({ id, title, priority }: LocationCreateInput): Promise<{ location: Location }> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) || id.length > 40) {
    throw refusal('INVALID_ID', 'Choose an id of at most 40 small letters, digits and hyphens.', 'id');
  }
  checkFields(title, priority);
  if ((await database.prisma.location.count()) >= MOST_LOCATIONS) {
    throw refusal(
      'LOCATION_LIMIT',
      `There are ${MOST_LOCATIONS} locations already; rename one that is not used.`,
      'id',
    );
  }
  const { count } = await database.prisma.location.createMany({
    data: [{ id, title, priority }],
    skipDuplicates: true,
  });
  if (count === 0)
    throw refusal('LOCATION_EXISTS', `There is a location ${id} already; change it, or choose another id.`, 'id');
  return { location: { id, title, priority } };
}

export async function updateLocation({ id, title, priority }: LocationUpdateInput): Promise<{ location: Location }> {
  checkFields(title, priority);
  if (id.includes('\0')) throw refusal('LOCATION_NOT_FOUND', 'There is no such location.', 'id');
  const data = { ...(title != null && { title }), ...(priority != null && { priority }) };
  const [location] = await database.prisma.location.updateManyAndReturn({ where: { id }, data });
  if (!location) throw refusal('LOCATION_NOT_FOUND', 'There is no such location.', 'id');
  return { location };
}

function checkFields(title?: string | null, priority?: number | null): void {
  if (title != null && (title.trim() === '' || title.length > 100 || title.includes('\0'))) {
    throw refusal('INVALID_TITLE', 'Give it a title of 1 to 100 characters.', 'title');
  }
  if (priority != null && (priority < 0 || priority > 1_000)) {
    throw refusal('INVALID_PRIORITY', 'Give it a priority from 0 to 1000.', 'priority');
  }
}

const refusal = (code: keyof typeof LocationErrorCode, message: string, field: string): Refusal =>
  new Refusal(code, message, { path: ['input', field] });
