"use client";

import { Plus, X } from "lucide-react";
import { Button, IconButton } from "@/components/ui/controls/button";
import { FieldMessage } from "@/components/ui/controls/field";
import { useFormState } from "@/components/ui/controls/form-context";
import { Select } from "@/components/ui/controls/input";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/overlays/menu";
import { emptyKindForm, type GroupForm, isGroup, type NodeForm } from "@/lib/terms/form";
import { conditionKind, CONDITIONS, type LeafKind } from "@/lib/terms/kinds/conditions";
import { ConditionCard } from "./condition-card";

const GROUP_OPTIONS: { value: GroupForm["group"]; label: string }[] = [
  { value: "all", label: "All of these are true" },
  { value: "any", label: "Any of these is true" },
  { value: "none", label: "None of these is true" },
];
const KINDS = Object.keys(CONDITIONS) as LeafKind[];

/** Groups within groups: a person can still follow three. */
const DEEPEST = 3;

type GroupProps = {
  group: GroupForm;
  /** Its place in the rule: "conditions", "conditions.all.1". */
  path: string;
  onChange: (group: GroupForm) => void;
  /** What it says where there is no condition. */
  empty?: string;
  /** Kinds that make no sense here. */
  without?: readonly LeafKind[];
};

/** A tree of conditions: all, any or none of them, and of groups of them. */
export function ConditionBuilder({
  empty = "No conditions. Always applies.",
  ...props
}: GroupProps) {
  return <Group {...props} empty={empty} depth={1} />;
}

type NestedProps = GroupProps & { depth: number; onRemove?: () => void };

function Group({ group, path, onChange, empty, without = [], depth, onRemove }: NestedProps) {
  const error = useFormState().fieldErrors[path];
  const { parts } = group;
  const set = (next: NodeForm[]) => onChange({ ...group, parts: next });
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
        <GroupHeader group={group} onChange={onChange} onRemove={onRemove} />
      ) : null}
      {error ? <FieldMessage>{error}</FieldMessage> : null}
      {parts.length === 0 ? (
        <p className="text-sm text-ink-muted">{nested ? "Empty group." : empty}</p>
      ) : (
        <ul className="flex flex-col gap-3">
          {parts.map((part, index) => (
            <li key={index}>
              <Part
                part={part}
                path={`${path}.${group.group}.${index}`}
                onChange={(next) => set(parts.with(index, next))}
                onRemove={() => set(parts.toSpliced(index, 1))}
                without={without}
                depth={depth + 1}
              />
            </li>
          ))}
        </ul>
      )}
      <AddCondition
        group={group}
        without={without}
        mayNest={depth < DEEPEST}
        onAdd={(part) => set([...parts, part])}
      />
    </div>
  );
}

type GroupHeaderProps = Pick<NestedProps, "group" | "onChange" | "onRemove">;

function GroupHeader({ group, onChange, onRemove }: GroupHeaderProps) {
  return (
    <div className="flex items-center gap-2">
      <Select
        aria-label="How the conditions are combined"
        options={GROUP_OPTIONS}
        value={group.group}
        className="w-full sm:max-w-56"
        onChange={({ target }) => onChange({ ...group, group: target.value as GroupForm["group"] })}
      />
      {onRemove ? (
        <IconButton label="Remove group" className="ml-auto" onClick={onRemove}>
          <X aria-hidden="true" />
        </IconButton>
      ) : null}
    </div>
  );
}

type PartProps = {
  part: NodeForm;
  path: string;
  onChange: (part: NodeForm) => void;
  onRemove: () => void;
  without: readonly LeafKind[];
  depth: number;
};

function Part({ part, path, onChange, onRemove, without, depth }: PartProps) {
  return isGroup(part) ? (
    <Group
      group={part}
      path={path}
      onChange={onChange}
      onRemove={onRemove}
      without={without}
      depth={depth}
    />
  ) : (
    <ConditionCard condition={part} path={path} onChange={onChange} onRemove={onRemove} />
  );
}

type AddConditionProps = {
  group: GroupForm;
  without: readonly LeafKind[];
  mayNest: boolean;
  onAdd: (part: NodeForm) => void;
};

function AddCondition({ group, without, mayNest, onAdd }: AddConditionProps) {
  return (
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
        {KINDS.filter((kind) => !without.includes(kind)).map((kind) => (
          <MenuItem key={kind} onSelect={() => onAdd(emptyKindForm(kind, CONDITIONS))}>
            {conditionKind(kind).form.label}
          </MenuItem>
        ))}
        {mayNest ? (
          <>
            <MenuSeparator />
            <MenuItem
              onSelect={() => onAdd({ group: group.group === "any" ? "all" : "any", parts: [] })}
            >
              Group of conditions
            </MenuItem>
          </>
        ) : null}
      </Menu>
    </div>
  );
}
