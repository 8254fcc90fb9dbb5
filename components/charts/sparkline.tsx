type SparklineProps = {
  /** In order of time; null breaks the line. */
  values: (number | null)[];
  /** What it shows, said to those who do not see it. */
  label: string;
  height?: number;
};

/**
 * A course at a glance, without axes; scaled from nought, so that a slope is not made steeper than
 * it is.
 */
export function Sparkline({ values, label, height = 32 }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  const top = Math.max(...known, 0);
  const bottom = Math.min(...known, 0);
  const span = top - bottom || 1;
  const step = values.length > 1 ? 100 / (values.length - 1) : 0;
  let path = "";
  let open = false;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      open = false;
      continue;
    }
    const y = 30 - ((value - bottom) / span) * 28;
    path += `${open ? "L" : "M"}${(index * step).toFixed(2)} ${y.toFixed(2)}`;
    open = true;
  }
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox="0 0 100 32"
      preserveAspectRatio="none"
      style={{ height }}
      className="w-full overflow-visible"
    >
      <path
        d={path}
        fill="none"
        stroke="var(--accent-mark)"
        strokeWidth="1.75"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
