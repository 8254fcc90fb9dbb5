"use client";

import { type ReactNode, useState } from "react";
import { RadioGroup } from "@/components/ui/controls/choice";
import { cx } from "@/components/ui/cx";

type FormWithPreviewProps = {
  /** The form, and the class that hides it where the preview is looked at instead. */
  form: (className: string | undefined) => ReactNode;
  preview: ReactNode;
};

/**
 * A form beside the page that it makes; on a phone one of them at a time. The preview stays in
 * sight while the form scrolls by, and scrolls within itself where it is long.
 */
export function FormWithPreview({ form, preview }: FormWithPreviewProps) {
  const [view, setView] = useState("form");
  return (
    <>
      <div className="lg:hidden">
        <RadioGroup
          name="view"
          legend="Show"
          hideLegend
          look="segments"
          value={view}
          onValueChange={setView}
          choices={[
            { value: "form", label: "Questions" },
            { value: "preview", label: "Preview" },
          ]}
        />
      </div>
      <div
        className={cx(
          "grid items-start gap-x-10 gap-y-6",
          "lg:grid-cols-[minmax(0,1fr)_minmax(0,22rem)] xl:grid-cols-[minmax(0,1fr)_24rem]",
        )}
      >
        {form(view === "form" ? undefined : "max-lg:hidden")}
        <aside
          aria-label="Preview"
          className={cx(
            view === "preview" ? null : "max-lg:hidden",
            // The padding leaves room for the preview's shadow.
            "lg:sticky lg:top-3 lg:-mx-3 lg:max-h-[calc(100dvh-1.5rem)] lg:overflow-y-auto",
            "lg:px-3 lg:pt-3 lg:pb-6",
          )}
        >
          {preview}
        </aside>
      </div>
    </>
  );
}
