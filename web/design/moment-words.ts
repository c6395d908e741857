const FORMATS = {
  time: { timeStyle: 'medium' },
  day: { dateStyle: 'long' },
  moment: { dateStyle: 'long', timeStyle: 'short' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

export type MomentForm = keyof typeof FORMATS;

const ON_ANOTHER_DAY: Intl.DateTimeFormatOptions = {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
};

/** A moment as it is read at `now`: a time alone is of today, and says its day otherwise. */
export function momentWords(at: Date, as: MomentForm, now: Date): string {
  const isToday = at.toDateString() === now.toDateString();
  return new Intl.DateTimeFormat('en-GB', as === 'time' && !isToday ? ON_ANOTHER_DAY : FORMATS[as]).format(at);
}
