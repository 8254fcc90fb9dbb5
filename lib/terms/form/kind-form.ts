import { z } from "zod";
import { controlRules, fieldValueSchema, LEFT_OUT } from "./controls";
import type { Field, FieldValue, FormOfKind, KindForm } from "./fields";
import type { Reader } from "./reader";

type Kinds = Readonly<Record<string, { form: FormOfKind }>>;

/** The form of any of some kinds. Fields of other kinds are kept, and left alone. */
export function kindFormSchema<Kind extends string>(kinds: readonly Kind[]) {
  return z.object({ kind: z.enum(kinds) }).catchall(fieldValueSchema) as unknown as z.ZodType<
    KindForm<Kind>
  >;
}

/** A kind with nothing filled in. */
export function emptyKindForm<Kind extends string>(
  kind: Kind,
  kinds: { readonly [kind in Kind]: { form: FormOfKind } },
): KindForm<Kind> {
  return withKind({ kind }, kind, kinds);
}

/**
 * The form with another kind chosen. What was filled in stays, so that nothing is lost by looking
 * at another kind; what the new kind needs besides is empty.
 */
export function withKind<Kind extends string>(
  form: KindForm,
  kind: Kind,
  kinds: { readonly [kind in Kind]: { form: FormOfKind } },
): KindForm<Kind> {
  const values = (kinds as Kinds)[kind]!.form.fields.map((field) => [
    field.name,
    valueIn(form, field),
  ]);
  return { ...form, kind, ...(Object.fromEntries(values) as Record<string, FieldValue>) };
}

/** What stands in a field: what was filled in, if it fits the field. */
export function valueIn(form: KindForm, field: Field): FieldValue {
  const rules = controlRules(field.control);
  const found = rules.schema(field).safeParse(form[field.name]);
  return found.success ? found.data : rules.empty(field);
}

/** A kind of the terms as it stands in its form. */
export function showKind<Data extends { kind: string }>(
  data: Data,
  kinds: { readonly [kind in Data["kind"]]: { form: FormOfKind } },
): KindForm<Data["kind"]> {
  const values = data as Readonly<Record<string, unknown>>;
  const shown = (kinds as Kinds)[data.kind]!.form.fields.map((field) => [
    field.name,
    controlRules(field.control).show(values[field.name], field),
  ]);
  return { kind: data.kind, ...(Object.fromEntries(shown) as Record<string, FieldValue>) };
}

/** The kind that a form says, as far as it can be understood. Its schema is checked elsewhere. */
export function readKind(
  form: KindForm,
  { fields }: FormOfKind,
  path: string,
  reader: Reader,
): { kind: string } {
  const read = fields.flatMap((field) => {
    const value = controlRules(field.control).read(
      valueIn(form, field),
      field,
      `${path}.${field.name}`,
      reader,
    );
    return value === LEFT_OUT ? [] : [[field.name, value]];
  });
  return { kind: form.kind, ...Object.fromEntries(read) };
}
