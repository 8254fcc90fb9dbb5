import { type Money as Amount, POINTS } from "@/lib/core/money";
import { Money } from "@/components/ui/content/display";

/** An amount in a list where money and points stand side by side: points say that they are. */
export function AssetAmount({ value }: { value: Amount }) {
  return (
    <span className="whitespace-nowrap">
      <Money value={value} />
      {value.asset === POINTS ? <span className="text-ink-muted"> points</span> : null}
    </span>
  );
}
