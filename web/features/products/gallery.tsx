'use client';

import { useState } from 'react';
import { Picture } from '#design/picture.tsx';
import type { FullPictureFragment } from '#generated/graphql.ts';

interface GalleryProps {
  readonly images: readonly FullPictureFragment[];
  /** The picture of the chosen variant, shown until another is asked for. */
  readonly chosen: FullPictureFragment | null;
  readonly title: string;
}

/** One large picture and the others beneath it. */
export function Gallery({ images, chosen, title }: GalleryProps) {
  const [asked, setAsked] = useState<{ image: FullPictureFragment; insteadOf: string | undefined } | null>(null);
  // A look at another picture ends when another variant is chosen.
  const shown = asked && asked.insteadOf === chosen?.url480 ? asked.image : (chosen ?? images[0]);
  return (
    <div>
      <div className="overflow-hidden rounded-card">
        <Picture
          image={shown}
          alt={shown?.alt || title}
          sizes="(min-width: 1200px) 640px, (min-width: 768px) 55vw, 92vw"
          early
        />
      </div>
      {images.length > 1 && (
        <ul className="mt-3 flex flex-wrap gap-2.5" data-needs-script>
          {images.map((image) => (
            <li key={image.url480}>
              <button
                type="button"
                onClick={() => setAsked({ image, insteadOf: chosen?.url480 })}
                aria-label={`Show picture: ${image.alt}`}
                aria-pressed={image.url480 === shown?.url480}
                className="block w-16 overflow-hidden rounded-control outline-offset-2 outline-ink aria-pressed:outline-2"
              >
                <Picture image={image} alt="" sizes="64px" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
