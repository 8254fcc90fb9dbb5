"use client";

import { useState, useTransition } from "react";
import { Alert } from "@/components/ui/content/alert";
import { Button } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { FormAction } from "@/lib/core/action-result";
import type { ArmForm } from "@/lib/terms/form/shape";
import { formFields } from "./form-fields";

type EndExperimentProps = {
  action: FormAction<null>;
  programId: string;
  arms: readonly ArmForm[];
  onEnded: () => void;
};

/** Takes the experiment out of the draft: the rules of one arm become everyone's. */
export function EndExperiment({ action, programId, arms, onEnded }: EndExperimentProps) {
  const [winner, setWinner] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const end = () =>
    start(async () => {
      const result = await action(null, formFields({ programId, winner }));
      if (result.ok) onEnded();
      else setProblem(result.message);
    });
  return (
    <Dialog
      size="sm"
      title="End the experiment"
      trigger={<Button variant="quiet">End it…</Button>}
      description="In the draft; it runs until you publish. What it showed stays in the results."
    >
      {problem ? (
        <Alert tone="bad" live>
          {problem}
        </Alert>
      ) : null}
      <RadioGroup
        name="winner"
        legend="Whose rewards does everyone get from then on?"
        value={winner}
        onValueChange={setWinner}
        choices={[
          ...arms.map(({ id, name }) => ({ value: id, label: `Those of “${name}”` })),
          {
            value: "",
            label: "Those of no arm",
            hint: "The rules of all arms are switched off, and stay in the list.",
          },
        ]}
      />
      <div className="flex justify-end">
        <Button variant="primary" pending={pending} onClick={end}>
          End the experiment
        </Button>
      </div>
    </Dialog>
  );
}
