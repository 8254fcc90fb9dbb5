import type { Field, FieldValue } from "@/lib/terms/form/fields";

/** One field of a kind: what it asks for, what stands in it and where what is wrong is shown. */
export type OneFieldProps<Value = FieldValue> = {
  field: Field;
  name: string;
  value: Value;
  points: boolean;
  onChange: (value: FieldValue) => void;
};
