"use client";

import { Input } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import { useEditorShop } from "./editor/editor-context";

type WorthInputProps = { points: boolean; value: string; onChange: (value: string) => void };

/** An amount of what a benefit is counted in: points, or the shop's currency. */
export function WorthInput({ points, value, onChange }: WorthInputProps) {
  const { currency } = useEditorShop();
  return points ? (
    <Input
      inputMode="numeric"
      autoComplete="off"
      suffix="points"
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  ) : (
    <MoneyInput
      currency={currency}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
