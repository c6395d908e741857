import { Deed, defineLetter, SmallPrint, Title, type Unsubscribe, Words } from './letter.tsx';

const letter = defineLetter<{ name: string; link: string }>(
  { subject: ({ name }) => `${name} is back`, preview: () => 'You asked us to write when it is there again.' },
  ({ name, link }) => (
    <>
      <Title>{name} is back</Title>
      <Words>You asked us to write when it is there again. It is now, for as long as it lasts.</Words>
      <Deed label="Have a look" to={link} />
      <SmallPrint>We write once; ask again on its page when it sells out anew.</SmallPrint>
    </>
  ),
);

/** To who waits for something that was sold out. */
export const backInStockMail = (name: string, link: string, unsubscribe: Unsubscribe) =>
  letter({ name, link }, unsubscribe);
