import { graphql } from 'graphql';
import type { Viewer } from '#platform/auth/viewer.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { database } from '../database.ts';
import { catalog } from '../subgraph.ts';

const { schema } = await buildSubgraph(catalog);

const viewer = (customerId: string, ...scopes: string[]): Viewer => ({ customerId, sessionId: 'ses_1', scopes });

export const STAFF = viewer('cus_staff', 'products:write', 'catalog:write');
/** A member of the seller Kalkhof. */
export const SELLER = viewer('cus_seller', 'products:write');
/** Of no seller at all. */
export const STRANGER = viewer('cus_stranger', 'products:write');
export const SHOPPER = viewer('cus_shopper');

/** The data, or the first error. */
export async function ask(source: string, variableValues: Record<string, unknown> = {}, who: Viewer | null = null) {
  const contextValue = new Context('catalog', null as never, { viewer: who, caller: 'router' });
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  return errors?.[0] ?? JSON.parse(JSON.stringify(data));
}

const PAYLOAD = `{ product { id handle version published publishAt title description brand tags category { handle } seller { handle }
  options { name values } seo { title description }
  variants(first: 100) { nodes { id sku title weightGrams options { name value } price { amount currency } compareAtPrice { amount } } } }
  userErrors { code message path } }`;

const INPUTS: Record<string, string> = {
  productCreate: 'ProductCreateInput',
  productUpdate: 'ProductUpdateInput',
  productPublish: 'ProductPublishInput',
  productUnpublish: 'ProductInput',
  productDelete: 'ProductInput',
  productTranslate: 'ProductTranslateInput',
};

/** The payload of a mutation of products. */
export async function edit(mutation: keyof typeof INPUTS & string, input: Record<string, unknown>, who = STAFF) {
  const source = `mutation($input: ${INPUTS[mutation]}!) { ${mutation}(input: $input) ${PAYLOAD} }`;
  const answer = await ask(source, { input }, who);
  return answer[mutation] ?? answer;
}

export const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** A mug in two colors. */
export const MUG = {
  title: 'Mug',
  description: 'Holds coffee.',
  brand: 'Kiln',
  tags: ['tableware'],
  category: 'cups',
  seller: 'kalkhof',
  variants: [
    { sku: 'MUG-INDIGO', options: [{ name: 'Color', value: 'Indigo' }], price: eur('19.00'), weightGrams: 300 },
    { sku: 'MUG-OAT', options: [{ name: 'Color', value: 'Oat' }], price: eur('21.50'), compareAtPrice: eur('25') },
  ],
};

/** An empty catalog with two sellers, the first with a member, and a tree of three categories. */
export async function emptyCatalog(): Promise<void> {
  const { prisma } = database;
  await prisma.$executeRaw`TRUNCATE product, variant, image, category, seller, seller_member, redirect, change, outbox,
    search_document CASCADE`;
  await prisma.seller.createMany({
    data: [
      { id: 'sel_kalkhof', handle: 'kalkhof', name: 'Kalkhof' },
      { id: 'sel_tamlet', handle: 'tamlet', name: 'Tamlet' },
    ],
  });
  await prisma.sellerMember.create({ data: { sellerId: 'sel_kalkhof', customerId: 'cus_seller' } });
  const category = (id: string, title: string, parentId: string | null, position: number) => ({
    ...{ id, title, parentId, position },
    handle: id.slice(4),
  });
  await prisma.category.createMany({
    data: [
      category('cat_kitchen', 'Kitchen', null, 0),
      category('cat_cups', 'Cups', 'cat_kitchen', 0),
      category('cat_woven', 'Woven', null, 1),
    ],
  });
}
