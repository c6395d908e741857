import { RadioCard } from '#design/radio-card.tsx';

/** The test provider's cards; a real provider's own form gives a token in the same place. */
const TEST_CARDS = [
  { token: 'pm_card_visa', title: 'Visa ending in 4242', note: 'Pays at once' },
  {
    token: 'pm_card_threeDSecure2Required',
    title: 'Visa ending in 3220',
    note: 'Asks you to approve with your bank first',
  },
  { token: 'pm_card_chargeDeclined', title: 'Visa ending in 0002', note: 'Is declined' },
];

export function TestCards() {
  return (
    <fieldset className="space-y-2.5">
      <legend className="mb-3 text-muted text-small">
        This is a demo: choose a test card. No card number is asked for and no money moves.
      </legend>
      {TEST_CARDS.map(({ token, title, note }, position) => (
        <RadioCard key={token} name="token" value={token} title={title} note={note} defaultChecked={position === 0} />
      ))}
    </fieldset>
  );
}
