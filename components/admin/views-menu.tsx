"use client";

import { Bookmark, BookmarkPlus, Trash2, Users } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Button } from "@/components/ui/controls/button";
import { Checkbox } from "@/components/ui/controls/choice";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { Dialog } from "@/components/ui/overlays/dialog";
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from "@/components/ui/overlays/menu";
import { useToast } from "@/components/ui/overlays/toast";
import type { FormAction } from "@/lib/core/action-result";

type View = { id: string; name: string; query: string; isShared: boolean; isOwn: boolean };

type ViewsMenuProps = {
  list: string;
  /** The path of the list. */
  base: string;
  views: readonly View[];
  keep: FormAction<{ id: string }>;
  forget: FormAction<null>;
};

/** The list as somebody likes to see it, under names: to open, to keep and to remove. */
export function ViewsMenu({ list, base, views, keep, forget }: ViewsMenuProps) {
  const toast = useToast();
  const [isAsking, ask] = useState(false);
  const query = shownIn(useSearchParams());
  const current = views.find((view) => view.query === query);

  const remove = async ({ id, name, query, isShared }: View) => {
    const result = await forget(null, formWith({ viewId: id }));
    if (!result.ok) return toast({ message: result.message, tone: "bad" });
    const again = formWith({ list, name, query, isShared: String(isShared) });
    toast({
      message: `“${name}” removed.`,
      undo: {
        run: async () => {
          const kept = await keep(null, again);
          if (!kept.ok) toast({ message: kept.message, tone: "bad" });
        },
      },
    });
  };
  return (
    <>
      <Menu
        label="Views"
        trigger={
          <Button aria-label="Views" icon={<Bookmark aria-hidden="true" />}>
            {current?.name ?? "Views"}
          </Button>
        }
      >
        {views.length === 0 ? <MenuLabel>No views yet</MenuLabel> : null}
        {views.map((view) => (
          <MenuLink
            key={view.id}
            href={`${base}?${view.query}`}
            current={view === current}
            icon={view.isShared ? <Users aria-hidden="true" /> : <Bookmark aria-hidden="true" />}
          >
            {view.name}
            {view.isShared ? <span className="sr-only">, the team’s</span> : null}
          </MenuLink>
        ))}
        <MenuSeparator />
        <MenuItem
          disabled={query === ""}
          icon={<BookmarkPlus aria-hidden="true" />}
          onSelect={() => ask(true)}
        >
          {query === "" ? "Filter the list to keep a view" : "Keep this view…"}
        </MenuItem>
        {current?.isOwn ? (
          <MenuItem
            icon={<Trash2 aria-hidden="true" />}
            danger
            onSelect={() => void remove(current)}
          >
            Remove “{current.name}”
          </MenuItem>
        ) : null}
      </Menu>
      <KeepDialog {...{ list, query, keep, current }} open={isAsking} onOpenChange={ask} />
    </>
  );
}

type KeepDialogProps = Pick<ViewsMenuProps, "list" | "keep"> & {
  query: string;
  current: View | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

function KeepDialog({ list, query, keep, current, ...dialog }: KeepDialogProps) {
  return (
    <Dialog
      title="Keep this view"
      description="The filter and order of the list as they are now, under a name."
      {...dialog}
    >
      {(close) => (
        <ActionForm action={keep} onSuccess={close} successMessage="View kept.">
          <input type="hidden" name="list" value={list} />
          <input type="hidden" name="query" value={query} />
          <Field name="name" label="Name" required>
            <Input
              maxLength={60}
              autoComplete="off"
              defaultValue={current?.isOwn ? current.name : ""}
              autoFocus
            />
          </Field>
          <Checkbox
            name="isShared"
            value="true"
            label="Share with the team"
            defaultChecked={current?.isOwn ? current.isShared : false}
          />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={close}>Cancel</Button>
            <SubmitButton>Keep view</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  );
}

/** The filter of the page as views keep it. */
function shownIn(search: URLSearchParams): string {
  const query = new URLSearchParams(search);
  for (const name of ["cursor", "limit"]) query.delete(name);
  return query.toString();
}

function formWith(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
