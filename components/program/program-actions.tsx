"use client";

import { Copy, Ellipsis, Pause, Pencil, Play, Square } from "lucide-react";
import { useState } from "react";
import { Button, ButtonLink, IconButton } from "@/components/ui/controls/button";
import { ConfirmDialog } from "@/components/ui/overlays/dialog";
import { Menu, MenuItem } from "@/components/ui/overlays/menu";
import { adminPaths } from "@/lib/merchants/paths";
import { type ProgramStepsInput, useProgramSteps } from "./use-program-steps";

type ProgramActionsProps = ProgramStepsInput & { program: { state: string } };

/** What can be done with a program in its state. Ending asks first. */
export function ProgramActions(props: ProgramActionsProps) {
  const [ending, setEnding] = useState(false);
  const { pending, pause, resume, end, duplicate } = useProgramSteps(props);
  const { id, name, state } = props.program;
  const paths = adminPaths(props.slug);
  return (
    <>
      {state === "live" ? (
        <Button icon={<Pause aria-hidden="true" />} pending={pending} onClick={pause}>
          Pause
        </Button>
      ) : null}
      {state === "paused" ? (
        <Button icon={<Play aria-hidden="true" />} pending={pending} onClick={resume}>
          Resume
        </Button>
      ) : null}
      {state !== "ended" ? (
        <>
          <ButtonLink
            variant="primary"
            href={paths.programRules(id)}
            icon={<Pencil aria-hidden="true" />}
          >
            {state === "draft" ? "Edit and publish" : "Edit rules"}
          </ButtonLink>
          <ButtonLink href={paths.programDetails(id)}>Details</ButtonLink>
        </>
      ) : null}
      <Menu
        label="More"
        trigger={
          <IconButton label="More" variant="secondary">
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem icon={<Copy aria-hidden="true" />} onSelect={duplicate}>
          Duplicate
        </MenuItem>
        {state === "live" || state === "paused" ? (
          <MenuItem danger icon={<Square aria-hidden="true" />} onSelect={() => setEnding(true)}>
            End program…
          </MenuItem>
        ) : null}
      </Menu>
      <ConfirmDialog
        title={`End “${name}”?`}
        description={ENDING}
        confirmLabel="End program"
        danger
        open={ending}
        onOpenChange={setEnding}
        onConfirm={end}
      />
    </>
  );
}

const ENDING =
  "Links stop working and no one can join any more. Friends who joined before can still qualify, " +
  "and rewards are paid as promised. You cannot undo this, but you can run a copy.";
