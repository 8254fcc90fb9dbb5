import type { Field, FieldValue } from "@/lib/terms/form/fields";

/** What draws a field: its value as typed, in and out. */
export type ControlProps = {
  field: Field;
  name: string;
  value: FieldValue;
  inPoints: boolean;
  onChange: (value: FieldValue) => void;
};
