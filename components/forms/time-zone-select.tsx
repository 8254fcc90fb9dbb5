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
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const element = select.current;
    if (element && element.value === "" && options.some((option) => option.value === here))
      element.value = here;
  }, [options]);
  return (
    <Select ref={select} options={options} placeholder="Choose a time zone" autoComplete="off" />
  );
}
