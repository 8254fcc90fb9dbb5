"use client";

import { Copy, Ellipsis, Pause, Pencil, Play, Square } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button, ButtonLink, IconButton } from "@/components/ui/controls/button";
import { ConfirmDialog } from "@/components/ui/overlays/dialog";
import { Menu, MenuItem } from "@/components/ui/overlays/menu";
import { useToast } from "@/components/ui/overlays/toast";
import type { ActionResult, FormAction } from "@/lib/core/action-result";
import { adminPaths } from "@/lib/merchants/paths";

type ProgramActionsProps = {
  program: { id: string; name: string; state: string };
  /** Sets it to `state`, as a field of the form. */
  setState: FormAction<null>;
  copy: FormAction<{ programId: string }>;
  /** The merchant's, for the pages that buttons lead to. */
  slug: string;
};

/** What can be done with a program in its state. Pausing offers to undo; ending asks first. */
export function ProgramActions({ program, setState, copy, slug }: ProgramActionsProps) {
  const router = useRouter();
  const toast = useToast();
  const [ending, setEnding] = useState(false);
  const [pending, start] = useTransition();
  const { id, name, state } = program;
  const paths = adminPaths(slug);

  const change = async (next: "live" | "paused" | "ended") => {
    const result = await setState(null, fields({ programId: id, state: next }));
    return failure(result);
  };
  const changeAndTell = (next: "live" | "paused", message: string, back: "live" | "paused") =>
    start(async () => {
      const problem = await change(next);
      if (problem) return toast({ message: problem, tone: "bad" });
      toast({
        message,
        tone: "good",
        undo: {
          run: async () =>
            void (await change(back).then(
              (wrong) => wrong && toast({ message: wrong, tone: "bad" }),
            )),
        },
      });
    });
  const duplicate = () =>
    start(async () => {
      const result = await copy(null, fields({ programId: id }));
      if (!result.ok) return toast({ message: result.message, tone: "bad" });
      toast({ message: `“${name}” copied.`, tone: "good" });
      router.push(paths.programDetails(result.data.programId));
    });

  return (
    <>
      {state === "live" ? (
        <Button
          icon={<Pause aria-hidden="true" />}
          pending={pending}
          onClick={() => changeAndTell("paused", "Paused. No one new can join.", "live")}
        >
          Pause
        </Button>
      ) : null}
      {state === "paused" ? (
        <Button
          icon={<Play aria-hidden="true" />}
          pending={pending}
          onClick={() => changeAndTell("live", "Live again.", "paused")}
        >
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
          Make a copy
        </MenuItem>
        {state === "live" || state === "paused" ? (
          <MenuItem danger icon={<Square aria-hidden="true" />} onSelect={() => setEnding(true)}>
            End program…
          </MenuItem>
        ) : null}
      </Menu>
      <ConfirmDialog
        title={`End “${name}”?`}
        description="Links stop working and no one can join any more. Friends who joined before can still qualify, and rewards are paid as promised. This cannot be undone, but you can run a copy."
        confirmLabel="End program"
        danger
        open={ending}
        onOpenChange={setEnding}
        onConfirm={() => change("ended")}
      />
    </>
  );
}

function fields(values: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

function failure(result: ActionResult<unknown>): string | null {
  return result.ok ? null : result.message;
}
