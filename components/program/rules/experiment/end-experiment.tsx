"use client";

import { useState, useTransition } from "react";
import { Alert } from "@/components/ui/content/alert";
import { Button } from "@/components/ui/controls/button";
import { RadioGroup } from "@/components/ui/controls/choice";
import { Dialog } from "@/components/ui/overlays/dialog";
import type { FormAction } from "@/lib/core/action-result";
import { type ArmForm } from "@/lib/terms/form";
import { formFields } from "../../../forms/form-fields";

type EndExperimentProps = {
  action: FormAction<null>;
  programId: string;
  arms: readonly ArmForm[];
  onEnded: () => void;
};

/** Ends the experiment in the draft: the rules of one arm become everyone's. */
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
      title="End the experiment?"
      trigger={<Button variant="quiet">End experiment…</Button>}
      description="It keeps running until you publish the draft. Its results are kept."
    >
      {problem ? (
        <Alert tone="bad" live>
          {problem}
        </Alert>
      ) : null}
      <RadioGroup
        name="winner"
        legend="Rewards for everyone from then on"
        value={winner}
        onValueChange={setWinner}
        choices={[
          ...arms.map(({ id, name }) => ({ value: id, label: `The rewards of “${name}”` })),
          {
            value: "",
            label: "None of the arms’ rewards",
            hint: "The rules of all arms are switched off. They stay in the list.",
          },
        ]}
      />
      <div className="flex justify-end">
        <Button variant="primary" pending={pending} onClick={end}>
          End experiment
        </Button>
      </div>
    </Dialog>
  );
}
