"use client";

import { useState } from "react";
import { accentTokens, contrastRatio, GROUNDS, parseHex, toHex } from "@/lib/core/values/color";
import { Field } from "./field";
import { Input } from "./input";

type ColorFieldProps = {
  name: string;
  label: string;
  defaultValue: string;
  hint?: string;
  onColorChange?: (hex: string) => void;
};

/**
 * A colour by picker or by hex, shown at work at once: a button, a link, and how well each reads.
 */
export function ColorField({ name, label, defaultValue, hint, onColorChange }: ColorFieldProps) {
  const [text, setText] = useState(defaultValue);
  const parsed = parseHex(text);
  const hex = parsed ? toHex(parsed) : null;
  const change = (value: string) => {
    setText(value);
    const rgb = parseHex(value);
    if (rgb) onColorChange?.(toHex(rgb));
  };
  return (
    <div className="flex flex-col gap-3">
      <Field
        name={name}
        label={label}
        hint={hint}
        error={hex ? undefined : "Enter a colour such as #2747a6."}
      >
        <div className="flex gap-2">
          <input
            type="color"
            aria-label={`Pick ${label.toLowerCase()}`}
            value={hex ?? "#000000"}
            onChange={(event) => change(event.currentTarget.value)}
            className="control h-10 w-12! shrink-0 cursor-pointer p-1"
          />
          <Input
            value={text}
            onChange={(event) => change(event.currentTarget.value)}
            maxLength={7}
            spellCheck={false}
            className="figure max-w-36 font-mono"
          />
        </div>
      </Field>
      {hex ? <ColorAtWork hex={hex} /> : null}
    </div>
  );
}

function ColorAtWork({ hex }: { hex: string }) {
  const report = accentTokens(hex);
  const { light, dark, corrected } = report;
  return (
    <div className="flex flex-col gap-2">
      <div aria-hidden="true" className="grid grid-cols-2 gap-2">
        {(["light", "dark"] as const).map((scheme) => {
          const { accent, accentInk, accentMark, accentText } = report[scheme];
          return (
            <div
              key={scheme}
              style={{ background: GROUNDS[scheme].surface, color: accentText }}
              className="flex items-center gap-4 rounded-control border border-line p-3 text-sm"
            >
              <span
                style={{ background: accent, color: accentInk, borderColor: accentMark }}
                className="rounded-control border px-3 py-1.5 font-medium"
              >
                Share
              </span>
              <span className="underline underline-offset-3">A link</span>
            </div>
          );
        })}
      </div>
      <p role="status" className="figure text-[0.8125rem]/5 text-ink-muted">
        {corrected
          ? "Too pale for text, so links use a deeper shade. Buttons keep this colour. "
          : "Easy to read. "}
        Contrast of button text: {ratio(light.accentInk, light.accent)} light,{" "}
        {ratio(dark.accentInk, dark.accent)} dark.
      </p>
    </div>
  );
}

function ratio(text: string, ground: string): string {
  return `${contrastRatio(text, ground).toFixed(1)}:1`;
}
