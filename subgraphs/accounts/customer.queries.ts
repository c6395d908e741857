import { Arg, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { Internal } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { addressesByCustomer, customersById, maySeeCustomer } from './customer.loaders.ts';
import { Address, Customer } from './customer.type.ts';

const MOST_IDS = 250;

@Resolver(() => Customer)
export class CustomerQueries {
  @Query(() => Customer, { nullable: true })
  async me(@Ctx() context: Context): Promise<Customer | null> {
    return context.viewer && context.loader(customersById).load(context.viewer.customerId);
  }

  @Internal()
  @Query(() => [Customer], { nullable: 'items' })
  async customersByIds(@Arg('ids', () => [ID]) ids: string[]): Promise<(Customer | null)[]> {
    if (ids.length > MOST_IDS) throw new Denied('BAD_USER_INPUT', `Ask for at most ${MOST_IDS} customers at once.`);
    return customersById(ids);
  }

  @Directive('@listSize(assumedSize: 10)')
  @FieldResolver(() => [Address])
  addresses(@Root() customer: Customer, @Ctx() context: Context): Promise<Address[]> {
    return context.loader(addressesByCustomer).load(customer.id);
  }
}

/** Answers the customer that another subgraph refers to, such as the one of an order. */
export const customerReference = async ({ id }: { id: string }, context: Context): Promise<Customer | null> =>
  maySeeCustomer(context, id) ? context.loader(customersById).load(id) : null;
