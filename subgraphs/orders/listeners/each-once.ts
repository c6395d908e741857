/** The events of a job, each once: what counts them may not count one twice that comes twice at once. */
export const eachOnce = <Event extends { readonly id: string }>(events: readonly Event[]): Event[] => [
  ...new Map(events.map((event) => [event.id, event])).values(),
];
