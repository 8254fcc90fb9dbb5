"use client";

import { useId, type ComponentProps } from "react";
import { Input } from "./input";

type ComboboxProps = Omit<ComponentProps<typeof Input>, "list" | "type"> & {
  options: readonly { value: string; label?: string }[];
};

/** Free text with suggestions, by the browser's own list: a country, a time zone, an event type. */
export function Combobox({ options, ...props }: ComboboxProps) {
  const id = useId();
  return (
    <>
      <Input {...props} list={id} autoComplete="off" />
      <datalist id={id}>
        {options.map((option) => (
          <option key={option.value} value={option.value} label={option.label} />
        ))}
      </datalist>
    </>
  );
}
