"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/controls/button";
import { Field, FieldMessage } from "@/components/ui/controls/field";
import { useFormState } from "@/components/ui/controls/form-context";
import { Input, Select } from "@/components/ui/controls/input";
import { cx } from "@/components/ui/cx";
import { type ArmForm, emptyGroup } from "@/lib/terms/form";
import { ConditionBuilder } from "@/components/terms/conditions/condition-builder";
import { KINDS_ABOUT_ORDERS } from "@/lib/terms/kinds/conditions";

type ArmsFieldsProps = {
  arms: readonly ArmForm[];
  /** The experiment was published: only names may change. */
  fixed: boolean;
  onChange: (arms: ArmForm[]) => void;
};

/** The arms of an experiment: a name each, and who is in it. */
export function ArmsFields({ arms, fixed, onChange }: ArmsFieldsProps) {
  const error = useFormState().fieldErrors.arms;
  const [count, setCount] = useState(arms.length);
  const add = () => {
    const letters = "abcdefghijklmnopqrstuvwxyz";
    const id =
      [...letters].find((letter) => arms.every((arm) => arm.id !== letter)) ?? `arm-${count}`;
    setCount(count + 1);
    onChange([...arms, { id, name: "", drawn: true, percent: "", segment: emptyGroup }]);
  };
  return (
    <div className="flex flex-col gap-3">
      {error ? <FieldMessage>{error}</FieldMessage> : null}
      <ol className="flex flex-col gap-3">
        {arms.map((arm, index) => (
          <ArmRow
            key={arm.id}
            arm={arm}
            index={index}
            fixed={fixed}
            onChange={(next) => onChange(arms.with(index, next))}
            onRemove={fixed || arms.length <= 2 ? null : () => onChange(arms.toSpliced(index, 1))}
          />
        ))}
      </ol>
      {fixed ? null : (
        <div>
          <Button
            size="sm"
            icon={<Plus aria-hidden="true" />}
            disabled={arms.length >= 6}
            onClick={add}
          >
            Add arm
          </Button>
        </div>
      )}
    </div>
  );
}

type ArmRowProps = {
  arm: ArmForm;
  index: number;
  fixed: boolean;
  onChange: (arm: ArmForm) => void;
  /** Null where the arm has to stay. */
  onRemove: (() => void) | null;
};

function ArmRow({ arm, index, fixed, onChange, onRemove }: ArmRowProps) {
  return (
    <li
      className={cx(
        "relative flex flex-col gap-3 rounded-control border border-line bg-raised",
        "p-3 sm:p-4",
      )}
    >
      <ArmFields arm={arm} index={index} fixed={fixed} onChange={onChange} />
      {arm.drawn ? null : fixed ? (
        <p className="text-sm text-ink-muted">The segment is fixed.</p>
      ) : (
        <ConditionBuilder
          group={arm.segment}
          path={`arms.${index}.segment`}
          onChange={(segment) => onChange({ ...arm, segment })}
          empty="Add a condition for who is in this arm."
          without={KINDS_ABOUT_ORDERS}
        />
      )}
      {onRemove ? (
        <IconButton
          label={`Remove arm ${index + 1}`}
          size="sm"
          className="absolute! top-2 right-2"
          onClick={onRemove}
        >
          <X aria-hidden="true" />
        </IconButton>
      ) : null}
    </li>
  );
}

function ArmFields({ arm, index, fixed, onChange }: Omit<ArmRowProps, "onRemove">) {
  const set = (change: Partial<ArmForm>) => onChange({ ...arm, ...change });
  return (
    <div
      className={cx(
        "grid gap-3 pr-9 sm:pr-10",
        "sm:grid-cols-[minmax(0,1fr)_minmax(0,11rem)_minmax(0,7rem)]",
      )}
    >
      <Field name={`arms.${index}.name`} label="Name">
        <Input
          maxLength={80}
          autoComplete="off"
          value={arm.name}
          onChange={({ target }) => set({ name: target.value })}
        />
      </Field>
      <Field name={`arms.${index}.drawn`} label="Members">
        <Select
          disabled={fixed}
          value={arm.drawn ? "drawn" : "segment"}
          onChange={({ target }) => set({ drawn: target.value === "drawn" })}
          options={[
            { value: "drawn", label: "Drawn at random" },
            { value: "segment", label: "A segment" },
          ]}
        />
      </Field>
      {arm.drawn ? (
        <Field name={`arms.${index}.shareBp`} label="Share">
          <Input
            inputMode="decimal"
            autoComplete="off"
            suffix="%"
            disabled={fixed}
            value={arm.percent}
            onChange={({ target }) => set({ percent: target.value })}
          />
        </Field>
      ) : null}
    </div>
  );
}
