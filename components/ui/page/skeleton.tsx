import { cx } from "@/components/ui/cx";

/** A placeholder while something loads. Hidden from screen readers; `Loading` says it once. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx("block animate-breathe rounded-control bg-sunken", className)}
    />
  );
}

/** A placeholder for lines of text. */
export function SkeletonText({ lines = 3 }: { lines?: number }) {
  return (
    <span className="flex flex-col gap-2.5">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={cx("h-4", line === lines - 1 ? "w-3/5" : "w-full")} />
      ))}
    </span>
  );
}

/** For `loading.tsx` of a dashboard page: head, figures and table where they will appear. */
export function Loading({ label = "Loading" }: { label?: string }) {
  return (
    <div role="status" className="flex flex-col gap-6">
      <span className="sr-only">{label}</span>
      <Skeleton className="h-9 w-56" />
      <Skeleton className="h-28 w-full rounded-card" />
      <div className="flex flex-col gap-px overflow-hidden rounded-card">
        {Array.from({ length: 7 }, (_, row) => (
          <Skeleton key={row} className="h-12 w-full rounded-none" />
        ))}
      </div>
    </div>
  );
}
