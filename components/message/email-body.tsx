"use client";

import { useState } from "react";
import { RadioGroup } from "@/components/ui/controls/choice";

/**
 * An email as its reader sees it, or as plain text. The frame runs no script and cannot reach this
 * page.
 */
export function EmailBody({
  html,
  text,
  subject,
}: {
  html: string;
  text: string;
  subject: string;
}) {
  const [look, setLook] = useState("html");
  return (
    <div className="flex flex-col gap-4">
      <RadioGroup
        name="look"
        legend="Show as"
        hideLegend
        look="segments"
        value={look}
        onValueChange={setLook}
        choices={[
          { value: "html", label: "Formatted" },
          { value: "text", label: "Plain text" },
        ]}
      />
      {look === "html" ? (
        <iframe
          title={`The email “${subject}”`}
          sandbox=""
          srcDoc={html}
          referrerPolicy="no-referrer"
          className="h-[40rem] w-full rounded-control border border-line bg-white"
        />
      ) : (
        <pre
          role="region"
          tabIndex={0}
          aria-label="The email as plain text"
          className={
            "overflow-x-auto rounded-control bg-sunken p-4 font-sans text-sm/6 " +
            "whitespace-pre-wrap [overflow-wrap:anywhere]"
          }
        >
          {text}
        </pre>
      )}
    </div>
  );
}
