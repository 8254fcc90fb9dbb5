import { cx } from "@/components/ui/cx";

type TogglesProps = {
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
  onChange: (values: string[]) => void;
};

/** Several of a few, all in sight. */
export function Toggles({ options, chosen, onChange }: TogglesProps) {
  return (
    <div className="mt-1 flex flex-wrap gap-1.5">
      {options.map(({ value, label }) => (
        <label
          key={value}
          className={cx(
            "relative flex min-h-9 items-center rounded-control border border-line-strong",
            "bg-raised px-3 text-sm",
            "has-checked:border-accent-mark has-checked:bg-accent-soft has-checked:font-medium",
          )}
        >
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            className="absolute inset-0 size-full appearance-none rounded-control"
            onChange={({ target }) =>
              onChange(
                target.checked ? [...chosen, value] : chosen.filter((other) => other !== value),
              )
            }
          />
          {label}
        </label>
      ))}
    </div>
  );
}
