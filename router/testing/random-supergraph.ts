import { testSupergraph } from './shapes.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3",
  import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject"])`;

/** What our own shop has little of: interfaces and unions over several subgraphs, entities behind them, `@requires` chains. */
const SDL = {
  library: `${LINK}
    type Query { works: [Work] anything: [Thing] book(id: ID! = "v1"): Book shelf: Shelf! grid: [[Book!]] people: [Person] }
    type Mutation { lend(id: ID!): Book giveBack(id: ID!): Book }
    union Thing = Book | Film | Person
    interface Work @key(fields: "id") { id: ID! title: String }
    type Book implements Work @key(fields: "id") @key(fields: "isbn { code }") { id: ID! title: String @shareable isbn: Isbn! @shareable author: Person pages: Int next: Work }
    type Film implements Work @key(fields: "id") { id: ID! title: String director: Person minutes: Int! cut(of: String!): String }
    type Isbn @shareable { code: String! }
    type Person @key(fields: "id") { id: ID! }
    type Shelf @key(fields: "room number") { room: String! number: Int! works: [Work!] }`,
  people: `${LINK}
    type Query { person(id: ID!): Person me: Person }
    type Mutation { rename(id: ID!, name: String!): Person }
    enum Rank { NOVICE MASTER }
    type Person @key(fields: "id") { id: ID! name: String! rank: Rank friends: [Person!] weight: Int height: Int home: Home favourite: Thing }
    union Thing = Book | Person
    type Home { street: String city: City }
    type City @key(fields: "zip") { zip: String! }
    type Book @key(fields: "id", resolvable: false) { id: ID! }`,
  opinions: `${LINK}
    type Query { best: Work reviews(of: ID): [Review!] }
    type Work @interfaceObject @key(fields: "id") { id: ID! stars: Int reviews(first: Int): [Review!] }
    type Review { text: String! by: Person work: Work }
    type Person @key(fields: "id") { id: ID! weight: Int @external height: Int @external
      home: Home @external index: Float @requires(fields: "weight height") area: String @requires(fields: "home { street }") }
    type Home { street: String @external }`,
  trade: `${LINK}
    type Query { offers: [Offer] cheapest: Book @provides(fields: "title") }
    type Offer @key(fields: "id") { id: ID! price: Int! book: Book isbn: Isbn @shareable }
    type Book @key(fields: "isbn { code }") @key(fields: "id") { id: ID! isbn: Isbn! @shareable title: String @external pages: Int @external
      price: Int postage: Int @requires(fields: "pages") shelf: Shelf }
    type Isbn @shareable { code: String! }
    type Shelf @key(fields: "room number") { room: String! number: Int! }
    type City @key(fields: "zip") { zip: String! offers: [Offer!] }`,
};

export const randomSupergraph = (): string => testSupergraph(SDL);
