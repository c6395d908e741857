import { Skeleton } from '#design/skeleton.tsx';

export default function Loading() {
  return (
    <div
      data-waiting
      className="grid min-h-dvh content-start gap-x-12 gap-y-6 md:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] lg:gap-x-16"
    >
      <p className="sr-only">Fetching this one</p>
      <Skeleton className="aspect-square w-full rounded-card" />
      <div>
        <Skeleton className="h-4 w-40" />
        <Skeleton className="mt-3 h-11 w-4/5" />
        <Skeleton className="mt-5 h-8 w-32" />
        <Skeleton className="mt-8 h-11 w-full" />
        <Skeleton className="mt-8 h-12 w-full" />
      </div>
    </div>
  );
}
