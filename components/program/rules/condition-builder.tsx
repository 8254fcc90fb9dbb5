"use client";

import { Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/controls/button";
import { FieldMessage } from "@/components/ui/controls/field";
import { useFormState } from "@/components/ui/controls/form-context";
import { Select } from "@/components/ui/controls/input";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/overlays/menu";
import { emptyKindForm } from "@/lib/terms/form/kind-form";
import {
  type GroupForm,
  type GroupKind,
  isGroup,
  LEAF_KINDS,
  type LeafForm,
  type NodeForm,
} from "@/lib/terms/form/shape";
import { conditionKind, CONDITIONS } from "@/lib/terms/kinds/conditions";
import { KindFields } from "./kind-fields";

const GROUP_OPTIONS: { value: GroupKind; label: string }[] = [
  { value: "all", label: "All of these are true" },
  { value: "any", label: "Any of these is true" },
  { value: "none", label: "None of these is true" },
];

/** Groups within groups: a person can still follow three. */
const DEEPEST = 3;

type GroupProps = {
  group: GroupForm;
  /** Its place in the rule: "conditions", "conditions.all.1". */
  path: string;
  onChange: (group: GroupForm) => void;
  /** What it says where nothing is asked for. */
  empty?: string;
  /** Kinds that make no sense here. */
  without?: readonly LeafForm["kind"][];
};

/** A tree of conditions: all, any or none of them, and of groups of them. */
export function ConditionBuilder({
  empty = "No conditions: the rule always applies.",
  ...props
}: GroupProps) {
  return <Group {...props} empty={empty} depth={1} />;
}

function Group({
  group: { group, parts },
  path,
  onChange,
  empty,
  without = [],
  depth,
  onRemove,
}: GroupProps & { depth: number; onRemove?: () => void }) {
  const error = useFormState().fieldErrors[path];
  const set = (next: NodeForm[]) => onChange({ group, parts: next });
  const nested = depth > 1;
  return (
    <div
      role="group"
      aria-label={nested ? "Group of conditions" : "Conditions"}
      className={
        nested
          ? "flex flex-col gap-3 border-l-2 border-accent-mark/50 pl-3 sm:pl-4"
          : "flex flex-col gap-3"
      }
    >
      {parts.length > 0 || nested ? (
        <div className="flex items-center gap-2">
          <Select
            aria-label="How the conditions are joined"
            options={GROUP_OPTIONS}
            value={group}
            className="w-full sm:max-w-56"
            onChange={({ target }) => onChange({ group: target.value as GroupKind, parts })}
          />
          {onRemove ? (
            <IconButton label="Remove the group" className="ml-auto" onClick={onRemove}>
              <X aria-hidden="true" />
            </IconButton>
          ) : null}
        </div>
      ) : null}
      {error ? <FieldMessage>{error}</FieldMessage> : null}
      {parts.length === 0 ? (
        <p className="text-sm text-ink-muted">{nested ? "Nothing in this group yet." : empty}</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {parts.map((part, index) => {
            const place = `${path}.${group}.${index}`;
            const remove = () => set(parts.toSpliced(index, 1));
            const change = (next: NodeForm) => set(parts.with(index, next));
            return (
              <li key={index}>
                {isGroup(part) ? (
                  <Group
                    group={part}
                    path={place}
                    onChange={change}
                    onRemove={remove}
                    without={without}
                    depth={depth + 1}
                  />
                ) : (
                  <LeafCard leaf={part} path={place} onChange={change} onRemove={remove} />
                )}
              </li>
            );
          })}
        </ul>
      )}
      <div className="flex flex-wrap gap-2">
        <Menu
          align="start"
          label="Conditions"
          trigger={
            <Button size="sm" icon={<Plus aria-hidden="true" />}>
              Add condition
            </Button>
          }
        >
          {LEAF_KINDS.filter((kind) => !without.includes(kind)).map((kind) => (
            <MenuItem key={kind} onSelect={() => set([...parts, emptyKindForm(kind, CONDITIONS)])}>
              {conditionKind(kind).form.label}
            </MenuItem>
          ))}
          {depth < DEEPEST ? (
            <>
              <MenuSeparator />
              <MenuItem
                onSelect={() =>
                  set([...parts, { group: group === "any" ? "all" : "any", parts: [] }])
                }
              >
                A group of conditions
              </MenuItem>
            </>
          ) : null}
        </Menu>
      </div>
    </div>
  );
}

type LeafCardProps = {
  leaf: LeafForm;
  path: string;
  onChange: (leaf: LeafForm) => void;
  onRemove: () => void;
};

function LeafCard({ leaf, path, onChange, onRemove }: LeafCardProps) {
  const error = useFormState().fieldErrors[path];
  const { label: name, hint, fields } = conditionKind(leaf.kind).form;
  return (
    <div
      role="group"
      aria-label={name}
      className="rounded-control border border-line bg-raised p-3 pt-2 sm:p-4 sm:pt-2.5"
    >
      <div className="mb-1.5 flex items-center justify-between gap-2">
        <p className="text-sm font-semibold">{name}</p>
        <IconButton label={`Remove “${name}”`} size="sm" className="-mr-2" onClick={onRemove}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      {error ? <FieldMessage>{error}</FieldMessage> : null}
      <div className="grid gap-3 sm:grid-cols-2">
        {hint ? <p className="text-sm text-ink-muted sm:col-span-2">{hint}</p> : null}
        <KindFields fields={fields} form={leaf} path={path} onChange={onChange} />
      </div>
    </div>
  );
}
