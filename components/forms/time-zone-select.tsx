"use client";

import { useEffect, useRef } from "react";
import { Select } from "@/components/ui/controls/input";

/** A time zone, set to the browser's own as long as none was chosen. */
export function TimeZoneSelect({
  options,
}: {
  options: readonly { value: string; label: string }[];
}) {
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    const element = select.current;
    if (element && element.value === "") element.value = ownZone(options.map(({ value }) => value));
  }, [options]);
  return (
    <Select ref={select} options={options} placeholder="Choose a time zone" autoComplete="off" />
  );
}

/**
 * The browser's own zone as the list calls it: browsers say Asia/Calcutta for Asia/Kolkata, and
 * say the same of either name. "" for none.
 */
function ownZone(zones: readonly string[]): string {
  const here = nameOf();
  if (zones.includes(here)) return here;
  return zones.find((zone) => nameOf(zone) === here) ?? "";
}

function nameOf(timeZone?: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    // A name that this browser does not know yet.
    return "";
  }
}
