import type { FormAction } from "@/lib/core/action-result";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";

type RangeFormProps<T> = {
  action: FormAction<T>;
  programId: string;
  range: { from: string; to: string };
  /** The last day there is, in the shop's zone. */
  today: string;
  again: boolean;
};

/** Side by side on a phone too, with the button below. */
const DATE = "w-40 max-sm:w-[calc(50%-0.375rem)]";

/** Which days to run the draft over. */
export function RangeForm<T>({ action, programId, range, today, again }: RangeFormProps<T>) {
  return (
    <ActionForm action={action} className="gap-4">
      <input type="hidden" name="programId" value={programId} />
      <div className="flex flex-wrap items-end gap-3">
        <Field name="from" label="From" className={DATE}>
          <Input type="date" defaultValue={range.from} max={today} />
        </Field>
        <Field name="to" label="To" className={DATE}>
          <Input type="date" defaultValue={range.to} max={today} />
        </Field>
        <SubmitButton variant={again ? "secondary" : "primary"}>
          {again ? "Run again" : "Run the replay"}
        </SubmitButton>
      </div>
    </ActionForm>
  );
}
