"use client";

import { FixedWorthFields } from "@/components/terms/fixed-worth-fields";
import { RadioGroup } from "@/components/ui/controls/choice";
import {
  type ProgramField,
  SIMPLE_BENEFITS,
  sideWorth,
  worthField,
} from "@/lib/programs/forms/program-form";
import type { Side } from "@/lib/terms/schema";
import type { FormTexts } from "./form-texts";

type Props = { texts: FormTexts; onChange: (change: FormTexts) => void };

/** What both sides get, and when the friend gets it. */
export function RewardFields({ texts, onChange }: Props) {
  return (
    <div className="flex flex-col gap-6">
      <SideFields side="friend" texts={texts} onChange={onChange} />
      {texts.friendBenefit === "none" ? (
        <input type="hidden" name="friendOn" value={texts.friendOn} />
      ) : (
        <RadioGroup
          name="friendOn"
          legend="When the friend gets it"
          defaultValue={texts.friendOn}
          choices={[
            { value: "join", label: "At once, on accepting the invitation" },
            {
              value: "qualified",
              label: "Once the referral qualifies, together with the advocate",
            },
          ]}
        />
      )}
      <hr className="border-line" />
      <SideFields side="advocate" texts={texts} onChange={onChange} />
    </div>
  );
}

/**
 * What one side gets. Fields that do not apply are left out; what was typed in them comes back with
 * them.
 */
function SideFields({ side, texts, onChange }: Props & { side: Side }) {
  const { benefit, calculator } = sideWorth(side, texts as Record<ProgramField, string>);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FixedWorthFields
        benefit={benefit}
        amount={calculator.amount}
        kinds={SIMPLE_BENEFITS}
        none="Nothing"
        label={side === "friend" ? "The friend gets" : "The advocate gets"}
        nameOf={(place) => worthField(side, place)}
        without={["codes"]}
        onChange={(worth) => onChange(textsOfWorth(side, worth))}
      />
    </div>
  );
}

type Worth = Parameters<Parameters<typeof FixedWorthFields>[0]["onChange"]>[0];

function textsOfWorth(side: Side, { benefit, amount }: Worth): FormTexts {
  const text = (field: string) => String(benefit[field] ?? "");
  return {
    [`${side}Benefit`]: benefit.kind,
    [`${side}Amount`]: benefit.kind === "percent_off" ? text("percentBp") : amount,
    [`${side}Gift`]: text("title"),
    [`${side}UnitCost`]: text("unitCost"),
  };
}
