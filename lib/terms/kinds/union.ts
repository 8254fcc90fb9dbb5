import { z } from "zod";

type Kinds = Readonly<Record<string, { schema: z.ZodObject }>>;
type SchemaOf<Group extends Kinds> = Group[keyof Group]["schema"];

/** The schema of any kind of a closed list, told apart by `kind`. */
export function unionOf<Group extends Kinds>(
  kinds: Group,
): z.ZodType<z.infer<SchemaOf<Group>>, z.input<SchemaOf<Group>>> {
  const schemas = Object.values(kinds).map(({ schema }) => schema);
  // The list is known to be told apart by `kind`, which its type says kind by kind only.
  return z.discriminatedUnion("kind", schemas as [z.ZodObject, ...z.ZodObject[]]) as never;
}
