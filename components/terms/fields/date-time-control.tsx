"use client";

import { Input } from "@/components/ui/controls/input";
import { localTimeWithOffset, writeLocalTime } from "@/lib/core/values/local-time";
import { useTermsShop } from "../terms-shop-context";
import type { ControlProps } from "./control-props";

/**
 * A time on the shop's clock, kept as ISO 8601 with the offset that the clock has at it. The field
 * that is seen has no name: what is sent is the time with its offset.
 */
export function DateTimeControl({ name, value, onChange }: ControlProps) {
  const { timeZone } = useTermsShop();
  const at = typeof value === "string" ? value : "";
  const instant = new Date(at);
  return (
    <>
      <Input
        type="datetime-local"
        name=""
        value={Number.isNaN(instant.getTime()) ? "" : writeLocalTime(instant, timeZone)}
        onChange={({ target }) => onChange(localTimeWithOffset(target.value, timeZone) ?? "")}
      />
      <input type="hidden" name={name} value={at} />
    </>
  );
}
