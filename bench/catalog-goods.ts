/**
 * Makes a large catalog in a few statements, to be sent as one: the same one every time, its words, brands and options
 * as uneven as in a real shop.
 */
export const goodsSql = (count: number): string => [PICK, ...statements(count)].join(';\n');

const statements = (count: number): readonly string[] => [
  'SELECT setseed(0.42)',
  `INSERT INTO category (id, handle, title, description, parent_id, position)
   SELECT 'cat_bench_' || n, 'bench-' || n, (ARRAY${words(AISLES)})[n], NULL, NULL, n FROM generate_series(1, ${AISLES.length}) n
   UNION ALL
   SELECT 'cat_bench_' || n || '_' || m, 'bench-' || n || '-' || m, (ARRAY${words(AISLES)})[n] || ' ' || (ARRAY${words(SHELVES)})[m], NULL,
     'cat_bench_' || n, m FROM generate_series(1, ${AISLES.length}) n, generate_series(1, ${SHELVES.length}) m`,
  `INSERT INTO seller (id, handle, name) SELECT 'sel_bench_' || n, 'bench-' || n, 'Workshop ' || n FROM generate_series(1, 80) n`,
  `CREATE TABLE bench_words AS
   SELECT n, (ARRAY${words(SYLLABLES)})[1 + n % 12] || (ARRAY${words(SYLLABLES)})[1 + n / 12 % 12] || (ARRAY${words(SYLLABLES)})[1 + n / 144 % 12] AS word
   FROM generate_series(0, 1727) n`,
  `INSERT INTO product (id, handle, title, description, brand, tags, category_id, category_ids, seller_id, options, min_price, max_price,
     published, created_at, updated_at)
   SELECT 'prod_bench_' || lpad(n::text, 7, '0'), 'bench-' || n,
     initcap(look) || ' ' || made || ' ' || thing, initcap(thing) || ' of ' || made || '. ' || (
       SELECT string_agg(word, ' ') FROM (SELECT (power(random(), 3) * 1727)::int AS n FROM generate_series(1, 25 + 0 * p.n)) x
       JOIN bench_words USING (n)) || '.',
     'Brand ' || brand, ARRAY[made, look], 'cat_bench_' || aisle || '_' || shelf, ARRAY['cat_bench_' || aisle || '_' || shelf, 'cat_bench_' || aisle],
     'sel_bench_' || seller,
     jsonb_build_array(jsonb_build_object('name', 'Color', 'values', jsonb_build_array(color, other)), jsonb_build_object('name', 'Size', 'values', jsonb_build_array(size))),
     price, price + 500, true, '2025-01-01'::timestamptz + n * interval '1 minute', now()
   FROM (
     SELECT n, (ARRAY${words(LOOKS)})[pick(${LOOKS.length})] AS look, (ARRAY${words(MADE_OF)})[pick(${MADE_OF.length})] AS made,
       (ARRAY${words(THINGS)})[pick(${THINGS.length})] AS thing, pick(200) AS brand, pick(${AISLES.length}) AS aisle,
       1 + floor(random() * ${SHELVES.length})::int AS shelf, pick(80) AS seller, (ARRAY${words(COLORS)})[pick(${COLORS.length})] AS color,
       (ARRAY${words(COLORS)})[pick(${COLORS.length})] AS other, (ARRAY${words(SIZES)})[pick(${SIZES.length})] AS size,
       500 + floor(exp(random() * 6) * 100)::int AS price
     FROM generate_series(1, ${count}) n) p`,
  `INSERT INTO variant (id, product_id, sku, options, position, price, weight_grams, published)
   SELECT 'var' || substr(id, 5) || '_' || m, id, 'B-' || substr(id, 12) || '-' || m, jsonb_build_array(
       jsonb_build_object('name', 'Color', 'value', options #>> ARRAY['0', 'values', (m - 1)::text]),
       jsonb_build_object('name', 'Size', 'value', options #>> '{1,values,0}')), m, min_price + 500 * (m - 1), 400, true
   FROM product, generate_series(1, 2) m WHERE id LIKE 'prod_bench_%'`,
  `INSERT INTO variant_stock (variant_id, in_stock, sequence) SELECT id, random() < 0.8, 1 FROM variant WHERE id LIKE 'var_bench_%'`,
  `INSERT INTO product_news (product_id, rating_count, rating_sum, sold)
   SELECT id, n, (n * (2.5 + random() * 2.5))::int, floor(exp(random() * 7)) FROM (
     SELECT id, 1 + floor(random() * 40)::int AS n FROM product WHERE id LIKE 'prod_bench_%' AND random() < 0.5) p`,
  'DROP TABLE bench_words',
  'DROP FUNCTION pick',
  'ANALYZE',
];

/** Few are picked often and many seldom. */
const PICK = `CREATE FUNCTION pick(of int) RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1 + floor(power(random(), 1.7) * of)::int'`;

const words = (list: readonly string[]): string => `[${list.map((word) => `'${word}'`).join(',')}]`;

const AISLES = [
  'Kitchen',
  'Garden',
  'Lighting',
  'Textiles',
  'Paper',
  'Travel',
  'Toys',
  'Bath',
  'Office',
  'Sports',
  'Music',
  'Pets',
];
const SHELVES = ['essentials', 'storage', 'gifts', 'classics', 'outlet'];
const COLORS = ['Indigo', 'Oat', 'Rust', 'Moss', 'Sand', 'Coal', 'Snow', 'Plum', 'Sky', 'Brick', 'Honey', 'Slate'];
const SIZES = ['S', 'M', 'L', 'XL', 'XXL'];
const SYLLABLES = ['ba', 'lo', 'mi', 'ter', 'san', 'ko', 'ru', 'vel', 'dan', 'pi', 'gor', 'en'];

export const LOOKS = [
  ...[
    'small',
    'large',
    'plain',
    'striped',
    'glazed',
    'folding',
    'woven',
    'quilted',
    'painted',
    'carved',
    'tall',
    'round',
  ],
  ...[
    'square',
    'soft',
    'heavy',
    'light',
    'rustic',
    'modern',
    'classic',
    'bright',
    'dark',
    'matte',
    'polished',
    'rough',
  ],
];
export const MADE_OF = [
  ...['ceramic', 'brass', 'linen', 'oak', 'wool', 'glass', 'leather', 'cotton', 'steel', 'copper', 'walnut', 'bamboo'],
  ...['paper', 'marble', 'cork', 'felt', 'silk', 'rattan'],
];
export const THINGS = [
  ...[
    'lamp',
    'teapot',
    'mug',
    'bowl',
    'basket',
    'rug',
    'chair',
    'scarf',
    'shirt',
    'cap',
    'shoe',
    'bag',
    'watch',
    'radio',
  ],
  ...[
    'candle',
    'soap',
    'notebook',
    'knife',
    'jar',
    'vase',
    'blanket',
    'pillow',
    'towel',
    'clock',
    'mirror',
    'shelf',
    'stool',
  ],
  ...[
    'table',
    'lantern',
    'planter',
    'kettle',
    'pitcher',
    'plate',
    'tray',
    'spoon',
    'board',
    'apron',
    'curtain',
    'hammock',
  ],
  ...['backpack', 'wallet', 'umbrella', 'puzzle', 'drum', 'flute', 'bell', 'leash', 'brush', 'comb', 'razor', 'frame'],
];
