import { type Random } from "@/lib/core/math/random";

/** As much of JSON Schema as our description of the API uses. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: boolean | JsonSchema;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  minItems?: number;
};

const MOST_LEVELS = 7;

/** Values that someone may send in place of any other, by what is wrong with them. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  "",
  " ",
  0,
  -1,
  0.1,
  1e308,
  2 ** 53,
  -(2 ** 63),
  [],
  {},
  [[]],
  [null],
  { toString: 1 },
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\udc00\ud800",
  "\u202egnirts",
  "ＡＢＣ１２３",
  "👩‍👩‍👧‍👦".repeat(40),
  "x".repeat(300),
  "x".repeat(70_000),
  "9".repeat(400),
  "-0",
  "1e999",
  "NaN",
  "Infinity",
  "0x10",
  "12,50",
  "99999999999999999999.99",
  "-170141183460469231731687303715884105729",
  "__proto__",
  "constructor",
  "undefined",
  "null",
  "%",
  "%zz",
  "%00",
  "../../etc/passwd",
  "'; DROP TABLE reward; --",
  "<script>alert(1)</script>",
  "{{7*7}}",
  "a@b",
  "ana@example.com\r\nBcc: ben@example.com",
  `${"a".repeat(40)}!`,
  "P1Y",
  "P99999999999999D",
  "PT",
  "P1DT",
];

/** Times that are none, and times at the ends of what is one. */
const TIMES: readonly string[] = [
  "2026-02-30",
  "2026-13-01",
  "2026-00-00",
  "0000-00-00",
  "0000-01-01",
  "0001-01-01",
  "9999-12-31",
  "2026-1-1",
  "+275760-09-13",
  "-271821-04-20",
  "2026-02-30T00:00:00Z",
  "2026-13-45T25:61:61Z",
  "0000-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999Z",
  "9999-12-31T23:59:59-23:59",
  "0001-01-01T00:00:00+23:59",
  "2026-11-20T24:00:00Z",
  "2026-11-20T12:00:00+99:99",
  "2026-11-20T12:00:60Z",
  "2026-11-20 12:00",
  "yesterday",
];

/** Makes values by a schema, and breaks them. The same chance gives the same values. */
export class Values {
  constructor(
    private readonly schemas: Readonly<Record<string, JsonSchema>>,
    private readonly random: Random,
    /** Texts that may stand for the id of something, in whatever field. */
    readonly ids: readonly string[],
  ) {}

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** Nothing that any schema had in mind. */
  hostile(): unknown {
    if (this.chance(0.25)) return this.pick(TIMES);
    if (this.chance(0.15)) return this.pick(this.ids);
    return this.pick(HOSTILE);
  }

  hostileText(): string {
    const value = this.hostile();
    return typeof value === "string" ? value : JSON.stringify(value);
  }

  /** A value that keeps a schema as far as the schema says it; patterns are left to examples. */
  valid(schema: JsonSchema, level = 0): unknown {
    const said = this.resolved(schema);
    if (said.const !== undefined) return said.const;
    if (said.enum) return this.pick(said.enum);
    const options = said.anyOf ?? said.oneOf;
    if (options) return this.valid(this.pick(options), level + 1);
    switch (Array.isArray(said.type) ? this.pick(said.type) : said.type) {
      case "object":
        return this.object(said, level);
      case "array":
        return this.list(said, level);
      case "integer":
        return Math.max(said.minimum ?? 0, Math.min(said.maximum ?? 40, this.below(30)));
      case "number":
        return Math.max(said.minimum ?? 0, Math.min(said.maximum ?? 40, this.random() * 30));
      case "boolean":
        return this.chance(0.5);
      case "null":
        return null;
      case "string":
        return this.text(said);
      default:
        return this.hostile();
    }
  }

  /** A copy of a value in which one part, wherever it is, is something else, gone or too many. */
  broken(value: unknown): unknown {
    if (typeof value !== "object" || value === null || this.chance(0.04)) return this.hostile();
    if (Array.isArray(value)) {
      if (value.length === 0 || this.chance(0.1))
        return Array.from({ length: this.below(1_200) }, () => value[0] ?? null);
      const at = this.below(value.length);
      return value.map((part, index) => (index === at ? this.broken(part) : part));
    }
    const entries = Object.entries(value);
    if (entries.length === 0 || this.chance(0.08))
      return { ...value, [this.hostileText().slice(0, 90)]: this.hostile() };
    const at = this.below(entries.length);
    if (this.chance(0.12)) return Object.fromEntries(entries.filter((_, index) => index !== at));
    return Object.fromEntries(
      entries.map(([name, part], index) => [name, index === at ? this.broken(part) : part]),
    );
  }

  private resolved(schema: JsonSchema): JsonSchema {
    const name = schema.$ref?.split("/").at(-1);
    return name === undefined ? schema : this.resolved(this.schemas[name]!);
  }

  private object(
    { properties = {}, required = [], additionalProperties }: JsonSchema,
    level: number,
  ) {
    const value: Record<string, unknown> = {};
    for (const [name, schema] of Object.entries(properties)) {
      const isWanted = required.includes(name) || (level < MOST_LEVELS && this.chance(0.4));
      if (isWanted) value[name] = this.valid(schema, level + 1);
    }
    if (typeof additionalProperties === "object" && this.chance(0.5))
      value[this.text({})] = this.valid(additionalProperties, level + 1);
    return value;
  }

  private list({ items = {}, minItems = 0 }: JsonSchema, level: number): unknown[] {
    const length = level >= MOST_LEVELS ? minItems : Math.max(minItems, this.below(4));
    return Array.from({ length }, () => this.valid(items, level + 1));
  }

  private text({ format, pattern, minLength = 0 }: JsonSchema): string {
    if (format === "date-time") return "2026-11-20T12:00:00Z";
    if (format === "date" || pattern?.includes("\\d\\d-\\d\\d")) return this.pick(DAYS);
    if (format === "email") return `person-${this.below(50)}@example.com`;
    if (format === "uri") return "https://example.com/tea";
    const text = this.chance(0.4) ? this.pick(this.ids) : this.pick(WORDS);
    return text.padEnd(minLength, "x");
  }
}

const DAYS = ["2026-11-01", "2026-11-20", "2025-02-28", "2024-02-29"];
const WORDS = ["tea", "10", "19.90", "USD", "en", "purchase", "c-1", "P1D", "2026-11-20", "Ana"];
