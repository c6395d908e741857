import { describe } from 'vitest';
import { conforms } from './graph.ts';

describe('a union whose members differ between subgraphs', () => {
  const book = { __typename: 'Book', id: 'b1', title: 'Emma', note: 'of a' };
  const song = { __typename: 'Song', id: 's1', title: 'Ave', note: 'of a' };
  conforms(
    {
      a: {
        sdl: `type Query { media: Media @shareable book: Book @shareable viewer: Viewer @shareable }
          union Media = Book | Song type Viewer { media: Media @shareable book: Book @shareable song: Media }
          type Book @key(fields: "id") { id: ID! title: String! @shareable note: String! }
          type Song @key(fields: "id") { id: ID! title: String! @shareable note: String! }`,
        Query: { media: book, book, viewer: { media: book, book, song } },
        entities: { Book: [book], Song: [song] },
      },
      b: {
        sdl: `type Query { media: Media @shareable book: Media @shareable viewer: Viewer @shareable }
          union Media = Book | Movie type Viewer { media: Media @shareable book: Media @shareable }
          type Book { title: String! @shareable } type Movie { title: String! @shareable }`,
        Query: { media: book, book, viewer: { media: book, book } },
      },
    },
    [
      {
        name: 'a member that only another knows leaves nothing to ask',
        query: '{ media { ... on Movie { title } } }',
        data: { media: {} },
        fetches: ['a {media{__typename}}'],
      },
      {
        name: 'a member that both know',
        query: '{ media { ... on Book { title } ... on Movie { title } } }',
        data: { media: { title: 'Emma' } },
        fetches: ['a {media{__typename ...on Book{title}}}'],
      },
      {
        name: 'one field that is a union here and one of its members there',
        query:
          '{ viewer { media { ...T } book { ...T } song { ...T } } book { ...T } } fragment T on Media { __typename ... on Book { title note } ... on Song { title note } ... on Movie { title } }',
        data: {
          viewer: {
            media: { __typename: 'Book', title: 'Emma', note: 'of a' },
            book: { __typename: 'Book', title: 'Emma', note: 'of a' },
            song: { __typename: 'Song', title: 'Ave', note: 'of a' },
          },
          book: { __typename: 'Book', title: 'Emma', note: 'of a' },
        },
        fetches: [
          'a {viewer{media{__typename ...on Book{...T}}book{...T}song{...T}}book{...T}}fragment T on Media{__typename ...on Book{title note}...on Song{title note}}',
        ],
      },
    ],
  );
});

describe('a union that a subgraph knows in part', () => {
  const both = { __typename: 'Both', label: 'both' };
  const ofA = [both, { __typename: 'OnlyA', a: 'a' }];
  const ofB = [both, { __typename: 'OnlyB', b: 'b' }];
  conforms(
    {
      a: {
        sdl: `type Query { box: Box } type Box @key(fields: "id") { id: ID! wrap: Wrap @shareable }
          type Wrap @shareable { deeds: [Deed!]! } union Deed = Both | OnlyA type Both @shareable { label: String } type OnlyA { a: String }`,
        Query: { box: { id: '1', wrap: { deeds: ofA } } },
        entities: { Box: [{ id: '1', wrap: { deeds: ofA } }] },
      },
      b: {
        sdl: `type Query { boxOfB: Box } type Box @key(fields: "id") { id: ID! wrap: Wrap @shareable own: Wrap }
          type Wrap @shareable { deeds: [Deed!]! } union Deed = Both | OnlyB type Both @shareable { label: String } type OnlyB { b: String }`,
        Query: { boxOfB: { id: '1', wrap: { deeds: ofB } } },
        entities: { Box: [{ id: '1', wrap: { deeds: ofB }, own: { deeds: ofB } }] },
      },
    },
    [
      {
        name: 'nobody else is asked for members that are not there',
        query: '{ box { wrap { deeds { __typename ... on OnlyB { b } } } } }',
        data: { box: { wrap: { deeds: [{ __typename: 'Both' }, { __typename: 'OnlyA' }] } } },
        fetches: ['a {box{wrap{deeds{__typename}}}}'],
      },
      {
        name: 'behind an entity of the other',
        query: '{ box { own { deeds { __typename ... on Both { label } ... on OnlyA { a } ... on OnlyB { b } } } } }',
        data: {
          box: {
            own: {
              deeds: [
                { __typename: 'Both', label: 'both' },
                { __typename: 'OnlyB', b: 'b' },
              ],
            },
          },
        },
        fetches: ['a {box{__typename id}}', 'b 1× {...on Box{own{deeds{__typename ...on Both{label}...on OnlyB{b}}}}}'],
      },
    ],
  );
});

describe('an interface that a type has in one subgraph alone', () => {
  const goods = [
    { __typename: 'Oven', id: 'o1' },
    { __typename: 'Toaster', id: 't1', warranty: 3 },
  ];
  conforms(
    {
      a: {
        sdl: `type Query { goods: [Good] nodes: [Node] node(id: ID!): Node toasters: [Toaster] } union Good = Oven | Toaster
          interface Node { id: ID! } interface Warranted { warranty: Int }
          type Oven @key(fields: "id") { id: ID! }
          type Toaster implements Node & Warranted @key(fields: "id") { id: ID! warranty: Int }`,
        Query: {
          goods,
          nodes: goods.slice(1),
          toasters: goods.slice(1),
          node: ({ id }: { id: string }) => goods.find((good) => good.id === id),
        },
        entities: { Oven: goods.slice(0, 1), Toaster: goods.slice(1) },
      },
      b: {
        sdl: `interface Node { id: ID! } interface Warranted { warranty: Int }
          type Oven implements Node & Warranted @key(fields: "id") { id: ID! warranty: Int }`,
        entities: { Oven: [{ id: 'o1', warranty: 1 }] },
      },
    },
    [
      {
        name: 'its fields are asked for on the types, which all have it in the whole',
        query: '{ goods { ... on Node { id } ... on Warranted { warranty } } }',
        data: {
          goods: [
            { id: 'o1', warranty: 1 },
            { id: 't1', warranty: 3 },
          ],
        },
        fetches: [
          'a {goods{__typename ...on Oven{__typename id}...on Toaster{id warranty}}}',
          'b 1× {...on Oven{warranty}}',
        ],
      },
      {
        name: 'interfaces in interfaces',
        query:
          '{ nodes { ... on Node { id ... on Node { ... on Warranted { warranty } } } ... on Oven { warranty } } }',
        data: { nodes: [{ id: 't1', warranty: 3 }] },
        fetches: ['a {nodes{__typename id ...on Toaster{warranty}}}'],
      },
      {
        name: 'fragments of the type and of the interface, of one object',
        query: '{ toasters { ...A ...B } } fragment A on Toaster { id } fragment B on Node { id __typename }',
        data: { toasters: [{ id: 't1', __typename: 'Toaster' }] },
        fetches: ['a {toasters{__typename id}}'],
      },
      {
        name: 'an object that the subgraph’s own interface does not allow is null, with an error',
        query: '{ node(id: "o1") { ... on Toaster { warranty } } }',
        data: { node: null },
        errors: ['node: Runtime Object type "Oven" is not a possible type for "Node".'],
        fetches: ['a {node(id:"o1"){__typename ...on Toaster{warranty}}}'],
      },
      {
        name: 'whatever is asked of it',
        query: '{ node(id: "o1") { ... on Oven { warranty } } }',
        data: { node: null },
        errors: ['node: Runtime Object type "Oven" is not a possible type for "Node".'],
        fetches: ['a {node(id:"o1"){__typename}}'],
      },
    ],
  );
});

describe('an interface of which types moved', () => {
  const posts = [
    { __typename: 'Image', id: 'i1', at: 'never' },
    { __typename: 'Image', id: 'i2', at: 'never' },
  ];
  const moved = posts.map(({ id }) => ({ __typename: 'Image', id, at: `${id} at noon` }));
  conforms(
    {
      a: {
        sdl: `type Query { feed: [Post] } interface Post { id: ID! at: String! } type Image implements Post @key(fields: "id") { id: ID! at: String! }`,
        Query: { feed: posts },
        entities: { Image: posts },
      },
      b: {
        sdl: `type Query { other: [Post] } interface Post { id: ID! at: String! }
          type Text implements Post @key(fields: "id") { id: ID! at: String! body: String! }
          type Image implements Post @key(fields: "id") { id: ID! at: String! @override(from: "a") }`,
        Query: { other: moved },
        entities: { Image: moved },
      },
    },
    [
      {
        name: 'a field of the interface that another owns for a type is fetched for that type',
        query: '{ feed { id at } }',
        data: {
          feed: [
            { id: 'i1', at: 'i1 at noon' },
            { id: 'i2', at: 'i2 at noon' },
          ],
        },
        fetches: ['a {feed{__typename id ...on Image{__typename id}}}', 'b 2× {...on Image{at}}'],
      },
      {
        name: 'a type that the subgraph does not have leaves empty objects',
        query: '{ feed { ... on Text { id body } } }',
        data: { feed: [{}, {}] },
        fetches: ['a {feed{__typename}}'],
      },
      {
        name: 'the owner answers at once',
        query: '{ other { at ... on Image { at id } } }',
        data: {
          other: [
            { at: 'i1 at noon', id: 'i1' },
            { at: 'i2 at noon', id: 'i2' },
          ],
        },
        fetches: ['b {other{__typename at ...on Image{at id}}}'],
      },
    ],
  );
});

describe('an interface whose field leads back to it', () => {
  const first: Record<string, unknown> = { __typename: 'Book', id: '1', price: 11 };
  const third: Record<string, unknown> = { __typename: 'Book', id: '3', price: 11, like: first };
  first.like = third;
  conforms(
    {
      a: {
        sdl: `type Query { product: Product } interface Product { like: Product }
          type Book implements Product @key(fields: "id") { id: ID! like: Book @provides(fields: "price") price: Float @external }`,
        Query: { product: first },
      },
      b: {
        sdl: 'type Book @key(fields: "id") { id: ID! price: Float @shareable }',
        entities: { Book: [{ id: '1', price: 11 }] },
      },
    },
    [
      {
        name: 'fragments of the interface in itself',
        query: '{ product { like { ... on Product { like { __typename } } } } }',
        data: { product: { like: { like: { __typename: 'Book' } } } },
        fetches: ['a {product{__typename like{__typename like{__typename}}}}'],
      },
      {
        name: 'of the interface and of its type, merged',
        query: `{ product { __typename like { __typename ... on Book { id } like { ... on Book { id } } }
          ... on Book { id price like { id price } } } }`,
        data: {
          product: {
            __typename: 'Book',
            like: { __typename: 'Book', id: '3', like: { id: '1' }, price: 11 },
            id: '1',
            price: 11,
          },
        },
        fetches: [
          'a {product{__typename ...on Book{__typename id like{__typename id price like{id}}}}}',
          'b 1× {...on Book{price}}',
        ],
      },
    ],
  );
});

describe('a field of which each subgraph can resolve some types', () => {
  const account = { __typename: 'Account', id: 'a1', name: 'ada' };
  const chat = { __typename: 'Chat', id: 'c1', text: 'hello' };
  const node = (own: typeof account | typeof chat, other: object) => ({
    node: ({ id }: { id: string }) => (id === own.id ? own : other),
  });
  conforms(
    {
      a: {
        sdl: `type Query { node(id: ID!): Node @shareable account(id: ID!): Account } interface Node { id: ID! }
          type Account implements Node @key(fields: "id") { id: ID! name: String! }
          type Chat implements Node @key(fields: "id") { id: ID! @external account: Account! }`,
        Query: { ...node(account, { __typename: 'Chat', id: 'never' }), account },
        entities: { Account: [account], Chat: [{ id: 'c1', account }] },
      },
      b: {
        sdl: `type Query { node(id: ID!): Node @shareable chat(id: ID!): Chat } interface Node { id: ID! }
          type Account implements Node @key(fields: "id") { id: ID! @external chats: [Chat!]! }
          type Chat implements Node @key(fields: "id") { id: ID! text: String! }`,
        Query: { ...node(chat, { __typename: 'Account', id: 'never' }), chat },
        entities: { Account: [{ id: 'a1', chats: [chat] }], Chat: [chat] },
      },
    },
    [
      {
        name: 'is asked of the one that can, type by type',
        query:
          '{ account: node(id: "a1") { ... on Account { id name } } chat: node(id: "c1") { ... on Chat { id text } } }',
        data: { account: { id: 'a1', name: 'ada' }, chat: { id: 'c1', text: 'hello' } },
        fetches: [
          'a {account:node(id:"a1"){__typename ...on Account{id name}}}',
          'b {chat:node(id:"c1"){__typename ...on Chat{id text}}}',
        ],
      },
      {
        name: 'of other types there is nothing',
        query:
          '{ account: node(id: "a1") { __typename ... on Chat { id } } chat: node(id: "c1") { ... on Account { id } } }',
        data: { account: { __typename: 'Account' }, chat: {} },
        fetches: [
          'b {account:node(id:"a1"){__typename ...on Chat{id}}}',
          'a {chat:node(id:"c1"){__typename ...on Account{id}}}',
        ],
      },
      {
        name: 'what none can of all types is refused as a whole',
        query: '{ node(id: "a1") { id } chat(id: "c1") { text } }',
        data: null,
        errors: [': No subgraph can answer all of this.'],
        fetches: [],
      },
      {
        name: 'entities behind it are whole',
        query: '{ chat(id: "c1") { id text account { id } } account(id: "a1") { name chats { id } } }',
        data: {
          chat: { id: 'c1', text: 'hello', account: { id: 'a1' } },
          account: { name: 'ada', chats: [{ id: 'c1' }] },
        },
        fetches: [
          'b {chat(id:"c1"){__typename id text}}',
          'a {account(id:"a1"){__typename id name}}',
          'a 1× {...on Chat{account{id}}}',
          'b 1× {...on Account{chats{id}}}',
        ],
      },
    ],
  );
});
