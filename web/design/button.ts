type Weight = 'primary' | 'quiet' | 'plain';

const SHAPE =
  'inline-flex items-center justify-center gap-2 rounded-control px-5 min-h-12 text-body font-medium whitespace-nowrap transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:opacity-55';

const LOOK: Record<Weight, string> = {
  primary: 'bg-indigo text-paper hover:bg-indigo-deep',
  quiet: 'border border-line bg-card text-ink hover:border-ink',
  plain: 'text-indigo hover:text-indigo-deep',
};

/** The look of a button, for buttons and for links that act as one. */
export function button(weight: Weight = 'primary', more = ''): string {
  return `${SHAPE} ${LOOK[weight]} ${more}`;
}
