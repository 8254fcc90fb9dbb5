"use client";

import { useState } from "react";
import { RadioGroup } from "@/components/ui/controls/choice";
import type { Terms } from "@/lib/terms/schema";
import { InvitePreview, type PreviewShop } from "./form/invite-preview";

type FriendViewProps = {
  /** What friends are promised: once, or for each arm of the experiment that runs. */
  arms: readonly { id: string; name: string; terms: Terms }[];
  shop: PreviewShop;
};

const WIDTHS = [
  { value: "phone", label: "Phone" },
  { value: "computer", label: "Computer" },
];

/** The friend's page as a picture, as wide as a phone or a computer. */
export function FriendView({ arms, shop }: FriendViewProps) {
  const [width, setWidth] = useState("phone");
  const [armId, setArmId] = useState(arms[0]!.id);
  const shown = arms.find(({ id }) => id === armId) ?? arms[0]!;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap gap-3">
        <div className="max-md:hidden">
          <RadioGroup
            name="width"
            legend="Width"
            hideLegend
            look="segments"
            value={width}
            onValueChange={setWidth}
            choices={WIDTHS}
          />
        </div>
        {arms.length > 1 ? (
          <RadioGroup
            name="arm"
            legend="Arm of the experiment"
            hideLegend
            look="segments"
            value={armId}
            onValueChange={setArmId}
            choices={arms.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : null}
      </div>
      <div className={width === "phone" ? "max-w-[26rem]" : "max-w-5xl"}>
        <InvitePreview terms={shown.terms} unclear={NOTHING} shop={shop} />
      </div>
    </div>
  );
}

const NOTHING: ReadonlySet<never> = new Set();
