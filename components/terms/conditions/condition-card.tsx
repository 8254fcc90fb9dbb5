"use client";

import { X } from "lucide-react";
import { IconButton } from "@/components/ui/controls/button";
import { FieldMessage } from "@/components/ui/controls/field";
import { useFormState } from "@/components/ui/controls/form-context";
import type { KindForm } from "@/lib/terms/form/fields";
import { conditionKind, type LeafKind } from "@/lib/terms/kinds/conditions";
import { KindFields } from "../fields/kind-fields";

type ConditionCardProps = {
  condition: KindForm<LeafKind>;
  path: string;
  onChange: (condition: KindForm<LeafKind>) => void;
  onRemove: () => void;
};

/** One condition with its fields. */
export function ConditionCard({ condition, path, onChange, onRemove }: ConditionCardProps) {
  const error = useFormState().fieldErrors[path];
  const { label, hint, fields } = conditionKind(condition.kind).form;
  return (
    <div
      role="group"
      aria-label={label}
      className="rounded-control border border-line bg-raised p-3 pt-2 sm:p-4 sm:pt-2.5"
    >
      <div className="mb-1.5 flex items-center justify-between gap-2">
        <p className="text-sm font-semibold">{label}</p>
        <IconButton label={`Remove “${label}”`} size="sm" className="-mr-2" onClick={onRemove}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
      {error ? <FieldMessage>{error}</FieldMessage> : null}
      {hint ? <p className="text-sm text-ink-muted">{hint}</p> : null}
      {fields.length > 0 ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <KindFields
            fields={fields}
            form={condition}
            path={path}
            onChange={(next) => onChange(next as KindForm<LeafKind>)}
          />
        </div>
      ) : null}
    </div>
  );
}
