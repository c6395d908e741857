import { expect, test } from 'vitest';
import { checkPlausible, readEcbRates } from './ecb-rates.ts';

const NOW = new Date('2026-11-21T10:00:00Z');
/** As the European Central Bank writes it. */
const feed = (cubes: string, time = '2026-11-20') => `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
  <Cube><Cube time='${time}'>${cubes}</Cube></Cube>
</gesmes:Envelope>`;
const USD = "<Cube currency='USD' rate='1.0594'/>";

test('a day of rates is read as the ECB writes it', () => {
  const { day, rates } = readEcbRates(feed(`${USD}<Cube currency="JPY" rate="163.55" />`), NOW);
  expect(day).toEqual(new Date('2026-11-20T00:00:00Z'));
  expect([...rates]).toEqual([
    ['USD', '1.0594'],
    ['JPY', '163.55'],
  ]);
});

test.each([
  ['a page of the network that is in between', '<html><body>Sign in</body></html>', 'no Envelope'],
  ['nothing', '', 'no Envelope'],
  ['no rates', feed(''), 'names 0 currencies'],
  ['a rate of nothing', feed("<Cube currency='USD' rate='0'/>"), 'no rate'],
  ['a negative rate', feed("<Cube currency='USD' rate='-1.05'/>"), 'no rate'],
  ['words for a rate', feed("<Cube currency='USD' rate='N/A'/>"), 'no rate'],
  ['no currency', feed("<Cube currency='US$' rate='1.05'/>"), 'no rate of a currency'],
  ['a currency twice', feed(USD + USD), 'names 2 currencies, of which 1'],
  ['one that is cut off', feed(`${USD}<Cube currency='JPY' rate=`), 'names 2 currencies, of which 1'],
  ['tomorrow but one', feed(USD, '2026-11-23'), 'not come yet'],
  ['no day', feed(USD, '2026-13-45'), 'is none'],
  ['a history of days', feed(`${USD}</Cube><Cube time='2026-11-19'>${USD}`), 'has 2 days'],
  ['a megabyte', feed(USD + ' '.repeat(1_000_000)), 'longer than'],
])('%s is refused whole', (_what, xml, message) => {
  expect(() => readEcbRates(xml, NOW)).toThrow(message);
});

test('a rate that jumps by more than half is rather a mistake', () => {
  const rates = readEcbRates(feed(USD), NOW);
  expect(() => checkPlausible(rates, new Map([['USD', '1.58']]))).not.toThrow();
  expect(() => checkPlausible(rates, new Map([['USD', '1.60']]))).toThrow('USD went from 1.6 to 1.0594');
  expect(() => checkPlausible(rates, new Map([['USD', '0.70']]))).toThrow('USD went');
});
