/** The first thing that Tab reaches; leads past the navigation to `<main id="main">`. */
export function SkipLink({ label = "Skip to content" }: { label?: string }) {
  return (
    <a
      href="#main"
      className={
        "fixed top-2 left-2 z-100 -translate-y-20 rounded-control bg-ink px-4 py-2.5 text-sm " +
        "font-medium text-paper focus-visible:translate-y-0"
      }
    >
      {label}
    </a>
  );
}
