/** JSON Schema as the API's description holds it, as far as the documentation reads it. */
export type SchemaNode = {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  default?: unknown;
  description?: string;
  items?: SchemaNode;
  properties?: Record<string, SchemaNode>;
  required?: string[];
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  additionalProperties?: boolean | SchemaNode;
};

/** One line of a table: a field by its dotted name. */
export type FieldRow = {
  name: string;
  type: string;
  /** The schema that tells more of it. */
  reference: string | null;
  required: boolean;
  description: string;
};

/**
 * The fields of an object, with those of objects within it, down to what has a description of its
 * own.
 */
export function fieldRows(schema: SchemaNode, prefix = ""): FieldRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const inner = core(field);
    const at = `${prefix}${name}`;
    const row = {
      name: at,
      type: typeOf(field),
      reference: referenceOf(field),
      required: schema.required?.includes(name) ?? false,
      description: [
        field.description ?? inner.description,
        "default" in field ? `Default: ${JSON.stringify(field.default)}.` : "",
      ]
        .filter(Boolean)
        .join(" "),
    };
    const item = inner.items && core(inner.items);
    const below = inner.properties
      ? fieldRows(inner, `${at}.`)
      : item?.properties
        ? fieldRows(item, `${at}[].`)
        : [];
    return [row, ...below];
  });
}

/** The ways in which something can look: one, or several to choose from. */
export function variantsOf(schema: SchemaNode): SchemaNode[] {
  return (schema.anyOf ?? schema.oneOf ?? [schema]).filter((variant) => variant.type !== "null");
}

/** The schema that a field refers to by itself, or as a list; null for what is told in place. */
function referenceOf(schema: SchemaNode): string | null {
  const inner = core(schema);
  return nameIn(inner) ?? (inner.items ? nameIn(core(inner.items)) : null);
}

/** What a field holds, in words. */
export function typeOf(schema: SchemaNode): string {
  const variants = variantsOf(schema);
  const words = [...new Set(variants.map(wordsOf))].join(" or ");
  const isNullable = (schema.anyOf ?? schema.oneOf ?? []).some(
    (variant) => variant.type === "null",
  );
  return isNullable ? `${words} or null` : words;
}

/** Without the null beside it. */
function core(schema: SchemaNode): SchemaNode {
  const variants = variantsOf(schema);
  return variants.length === 1 ? variants[0]! : schema;
}

function nameIn({ $ref }: SchemaNode): string | null {
  return $ref?.split("/").at(-1) ?? null;
}

const SIMPLE: Record<string, string> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  object: "object",
  null: "null",
};

function wordsOf(schema: SchemaNode): string {
  const name = nameIn(schema);
  if (name) return name;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(", ");
  if (schema.anyOf ?? schema.oneOf) return typeOf(schema);
  if (schema.items) return `list of ${typeOf(schema.items)}`;
  if (schema.format === "date-time") return "time";
  if (schema.format === "email") return "email address";
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  return SIMPLE[type ?? ""] ?? "anything";
}
