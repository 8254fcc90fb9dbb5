import { z } from "zod";
import { CONTROL_FORMS } from "./controls";
import type { Field, FieldValue, FormOfKind, KindForm } from "./fields";
import type { Reader } from "./reader";

/** A closed list of kinds, as its folder exports it. */
export type Kinds = Readonly<Record<string, { form: FormOfKind; schema: z.ZodType }>>;
export type NameIn<Group extends Kinds> = keyof Group & string;
type DataOf<Group extends Kinds> = z.infer<Group[NameIn<Group>]["schema"]>;

/** A kind's form with nothing filled in. */
export function emptyKindForm<Group extends Kinds>(
  kind: NameIn<Group>,
  kinds: Group,
): KindForm<NameIn<Group>> {
  return withKind({ kind }, kind, kinds);
}

/**
 * The form with another kind chosen. What was filled in for kinds before stays, so that nothing
 * typed is lost by looking at another kind; what the kind needs besides is empty.
 */
export function withKind<Group extends Kinds>(
  form: KindForm,
  kind: NameIn<Group>,
  kinds: Group,
): KindForm<NameIn<Group>> {
  const fields = kinds[kind]?.form.fields ?? [];
  const empty = fields.map((field) => [field.name, control(field).empty(field)]);
  return { ...(Object.fromEntries(empty) as Record<string, FieldValue>), ...form, kind };
}

/** What a kind's form says; problems are said below `path`. Read by the kind's own fields alone. */
export function readKind<Group extends Kinds>(
  form: KindForm,
  kinds: Group,
  path: string,
  to: Reader,
): DataOf<Group> {
  const { form: shape, schema } = kinds[form.kind]!;
  const data: Record<string, unknown> = { kind: form.kind };
  for (const field of shape.fields) {
    const value = control(field).read(form[field.name], field, `${path}.${field.name}`, to);
    if (value !== undefined) data[field.name] = value;
  }
  to.check(schema, data, path);
  return data as DataOf<Group>;
}

/** A kind of terms as it stands in its form. The way back is `readKind`. */
export function showKind<Group extends Kinds>(
  data: { kind: NameIn<Group> },
  kinds: Group,
): KindForm<NameIn<Group>> {
  const values = data as Readonly<Record<string, unknown>>;
  const fields = kinds[data.kind]?.form.fields ?? [];
  const shown = fields.map((field) => [field.name, control(field).show(values[field.name], field)]);
  return { ...(Object.fromEntries(shown) as Record<string, FieldValue>), kind: data.kind };
}

const text = z.string().max(300);
const texts = z.array(text).max(300);
const value: z.ZodType<FieldValue> = z.union([
  text,
  z.boolean(),
  texts,
  z.array(z.int().min(1).max(7)).max(7),
  z.array(z.strictObject({ from: text, amount: text })).max(20),
  z.strictObject({
    from: z.enum(["own", "pattern", "pool"]),
    pattern: text.default(""),
    poolId: text.default(""),
  }),
  z.strictObject({ skus: texts, categories: texts }),
]);

/** A form of any kind of a list, as it is sent: bounded, and otherwise as typed. */
export function kindFormSchema<Group extends Kinds>(
  kinds: Group,
): z.ZodType<KindForm<NameIn<Group>>> {
  const names = Object.keys(kinds) as [string, ...string[]];
  return z.object({ kind: z.enum(names) }).catchall(value) as unknown as z.ZodType<
    KindForm<NameIn<Group>>
  >;
}

/** The control of a field, of which the closed list says that it fits. */
function control(field: Field): {
  empty(field: Field): FieldValue;
  read(value: FieldValue | undefined, field: Field, path: string, to: Reader): unknown;
  show(data: unknown, field: Field): FieldValue;
} {
  return CONTROL_FORMS[field.control] as never;
}
