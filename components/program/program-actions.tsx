"use client";

import { Copy, Ellipsis, Pause, Pencil, Play, Square } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button, ButtonLink, IconButton } from "@/components/ui/controls/button";
import { ConfirmDialog } from "@/components/ui/overlays/dialog";
import { Menu, MenuItem } from "@/components/ui/overlays/menu";
import { useToast } from "@/components/ui/overlays/toast";
import type { ActionResult, FormAction } from "@/lib/core/action-result";

type ProgramActionsProps = {
  program: { id: string; name: string; state: string };
  /** Sets it to `state`, as a field of the form. */
  setState: FormAction<null>;
  copy: FormAction<{ programId: string }>;
  listHref: string;
};

/**
 * What can be done with a program, as its state allows. Pausing is undone at once; ending asks
 * first.
 */
export function ProgramActions({ program, setState, copy, listHref }: ProgramActionsProps) {
  const router = useRouter();
  const toast = useToast();
  const [ending, setEnding] = useState(false);
  const [pending, start] = useTransition();
  const { id, name, state } = program;

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
      toast({ message: `“${name}” is copied.`, tone: "good" });
      router.push(`${listHref}/${result.data.programId}/edit`);
    });

  return (
    <>
      {state === "live" ? (
        <Button
          icon={<Pause aria-hidden="true" />}
          pending={pending}
          onClick={() => changeAndTell("paused", "Paused. Nobody new can come in.", "live")}
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
        <ButtonLink
          variant="primary"
          href={`${listHref}/${id}/edit`}
          icon={<Pencil aria-hidden="true" />}
        >
          {state === "draft" ? "Edit and publish" : "Edit"}
        </ButtonLink>
      ) : null}
      {state !== "ended" ? <ButtonLink href={`${listHref}/${id}/rules`}>Rules</ButtonLink> : null}
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
        description="Links stop working and nobody can join any more. Friends who came before can still qualify, and rewards are paid as promised. An ended program cannot be taken up again; a copy can."
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
