import { Skeleton } from '#design/skeleton.tsx';
import { ProductGridSkeleton } from '#features/products/product-grid.tsx';

export default function Loading() {
  return (
    <div data-waiting className="min-h-dvh">
      <p className="sr-only">Fetching the goods</p>
      <Skeleton className="h-11 w-56" />
      <Skeleton className="mt-3 mb-16 h-5 w-28" />
      <ProductGridSkeleton />
    </div>
  );
}
