import type { CardPictureFragment, FullPictureFragment } from '#generated/graphql.ts';

interface PictureProps {
  readonly image: CardPictureFragment | FullPictureFragment | null | undefined;
  /** How wide it is shown, as in the HTML attribute: the browser picks the file from it. */
  readonly sizes: string;
  readonly alt?: string;
  /** Within the first screen: loaded at once and before others. */
  readonly early?: boolean;
  readonly className?: string;
}

/** A picture of the API in the sizes it offers, on its own blurred ground until it is there. */
export function Picture({ image, sizes, alt, early = false, className = '' }: PictureProps) {
  const shape = `aspect-square w-full bg-line object-cover bg-cover ${className}`;
  if (!image) return <NoPicture className={shape} />;
  return (
    // biome-ignore lint/performance/noImgElement: the API sizes its own pictures, no optimizer is needed
    <img
      src={image.url480}
      srcSet={sourceSet(image)}
      sizes={sizes}
      alt={alt ?? image.alt}
      width={image.width}
      height={image.height}
      loading={early ? 'eager' : 'lazy'}
      fetchPriority={early ? 'high' : 'auto'}
      decoding="async"
      className={shape}
      style={image.blurDataUrl ? { backgroundImage: `url("${image.blurDataUrl}")` } : undefined}
    />
  );
}

function sourceSet(image: CardPictureFragment | FullPictureFragment): string {
  const sources = [`${image.url160} 160w`, `${image.url320} 320w`, `${image.url480} 480w`, `${image.url640} 640w`];
  if ('url960' in image) sources.push(`${image.url960} 960w`, `${image.url1200} 1200w`);
  return sources.join(', ');
}

/** What has not been photographed yet: wrapped, as it comes from the workshop. */
function NoPicture({ className }: { className: string }) {
  return (
    <div
      className={`grid place-items-center bg-[color-mix(in_oklch,var(--color-indigo)_7%,var(--color-card))]! ${className}`}
    >
      <svg
        viewBox="0 0 48 48"
        aria-hidden="true"
        className="w-2/5 max-w-40"
        fill="none"
        stroke="var(--color-indigo)"
        strokeLinejoin="round"
      >
        <path d="M6 17 24 9l18 8v18l-18 8-18-8z" fill="var(--color-card)" strokeOpacity=".45" />
        <path d="m6 17 18 8 18-8M24 25v18" strokeOpacity=".45" />
        <path d="m15 13 18 8v7" stroke="var(--color-saffron)" strokeWidth="1.5" />
      </svg>
    </div>
  );
}
