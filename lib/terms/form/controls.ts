import { z } from "zod";
import { writePercent } from "@/lib/core/values/percent";
import { PEOPLE } from "../schema/sides";
import type {
  Blank,
  CodesForm,
  ControlName,
  ControlOf,
  FieldValue,
  LinesForm,
  StepForm,
} from "./fields";
import type { Reader } from "./reader";

/** Left out of the terms. */
export const LEFT_OUT = Symbol("left out");

/** How a control's value is filled in, shown and read. */
type ControlRules<Name extends ControlName, Value extends FieldValue> = {
  /** What may stand in it; also tells whether a value of another kind's field fits. */
  schema(field: ControlOf<Name>): z.ZodType<Value>;
  empty(field: ControlOf<Name>): Value;
  /** A value of the terms as it is filled in; `undefined` is one that was left out. */
  show(value: unknown, field: ControlOf<Name>): Value;
  /** The value for the terms, or `LEFT_OUT`. */
  read(value: Value, field: ControlOf<Name>, path: string, reader: Reader): unknown;
};

const text = z.string().max(300);
const texts = z.array(text).max(300);
const days = z.array(z.int().min(1).max(7)).max(7);
const steps: z.ZodType<StepForm[]> = z.array(z.strictObject({ from: text, amount: text })).max(20);
const codes: z.ZodType<CodesForm> = z.strictObject({
  from: z.enum(["own", "pattern", "pool"]),
  pattern: text,
  poolId: text,
});
const lines: z.ZodType<LinesForm> = z.strictObject({ skus: texts, categories: texts });

/** Anything that may stand in a field. */
export const fieldValueSchema: z.ZodType<FieldValue> = z.union([
  text,
  z.boolean(),
  texts,
  days,
  steps,
  codes,
  lines,
]);

function blankOf(blank: Blank | undefined): unknown {
  if (blank === "left out") return LEFT_OUT;
  return blank === undefined ? "" : blank;
}

const amount = {
  schema: () => text,
  empty: () => "",
  show: (value: unknown, { blank }: { blank?: Blank }) =>
    typeof value !== "string" || (blank === "0" && value === "0") ? "" : value,
  read: (value: string, { blank }: { blank?: Blank }) => value.trim() || blankOf(blank),
};

const names = {
  schema: () => texts,
  empty: () => [],
  show: (value: unknown) => value as string[],
  read: (value: string[]) => value,
};

export const CONTROLS = {
  money: amount,
  worth: amount,
  percent: {
    schema: () => text,
    empty: () => "",
    show: (value) => writePercent(value as number),
    read: (value, _, path, reader) => reader.percent(path, value),
  },
  whole: {
    schema: () => text,
    empty: () => "",
    show: (value) => (typeof value === "number" ? String(value) : ""),
    read: (value, { least, most, blank }, path, reader) =>
      blank !== undefined && value.trim() === ""
        ? blankOf(blank)
        : reader.whole(path, value, least, most),
  },
  text: {
    schema: () => text,
    empty: () => "",
    show: (value) => value as string,
    read(value, { missing }, path, reader) {
      if (missing !== undefined && value.trim() === "") reader.say(path, missing);
      return value.trim();
    },
  },
  chips: {
    ...names,
    read(value, { item }, path, reader) {
      if (value.length === 0) reader.say(path, `Name at least one ${item}.`);
      return value;
    },
  },
  countries: names,
  tiers: names,
  choice: {
    schema: ({ options }) => z.enum(options.map(({ value }) => value)),
    empty: ({ options }) => options[0]!.value,
    show: (value) => value as string,
    read: (value) => value,
  },
  person: {
    schema: () => z.enum(PEOPLE),
    empty: () => "owner",
    show: (value) => value as string,
    read: (value) => value,
  },
  flag: {
    schema: () => z.boolean(),
    empty: ({ empty = false }) => empty,
    show: (value) => value === true,
    read: (value) => value,
  },
  weekdays: {
    schema: () => days,
    empty: () => [1, 2, 3, 4, 5, 6, 7],
    show: (value) => value as number[],
    read: (value) => value,
  },
  clock: {
    schema: () => text,
    empty: () => "",
    show: (value) => (value as string | undefined) ?? "",
    read: (value) => value || LEFT_OUT,
  },
  "date-time": {
    schema: () => text,
    empty: () => "",
    show: (value) => (value as string | null) ?? "",
    read: (value) => value || null,
  },
  codes: {
    schema: () => codes,
    empty: () => ({ from: "own", pattern: "", poolId: "" }),
    show(value) {
      const found = value as
        { kind: "pattern"; pattern: string } | { kind: "pool"; poolId: string } | undefined;
      if (!found) return { from: "own", pattern: "", poolId: "" };
      return found.kind === "pool"
        ? { from: "pool", pattern: "", poolId: found.poolId }
        : { from: "pattern", pattern: found.pattern, poolId: "" };
    },
    read({ from, pattern, poolId }) {
      if (from === "own") return LEFT_OUT;
      return from === "pool"
        ? { kind: "pool", poolId }
        : { kind: "pattern", pattern: pattern.trim().toUpperCase() };
    },
  },
  lines: {
    schema: () => lines,
    empty: () => ({ skus: [], categories: [] }),
    show: (value) => ({ skus: [], categories: [], ...(value as Partial<LinesForm> | undefined) }),
    read({ skus, categories }) {
      if (skus.length + categories.length === 0) return LEFT_OUT;
      return { ...(skus.length > 0 && { skus }), ...(categories.length > 0 && { categories }) };
    },
  },
  steps: {
    schema: () => steps,
    empty: () => [{ from: "", amount: "" }],
    show: (value) =>
      (value as { from: number | string; amount: string }[]).map(({ from, amount }) => ({
        from: String(from),
        amount,
      })),
    read: (value, { from }, path, reader) =>
      value.map((step, index) => ({
        from:
          from === "money"
            ? step.from.trim()
            : reader.whole(`${path}.${index}.from`, step.from, 1, 100_000),
        amount: step.amount.trim(),
      })),
  },
} satisfies {
  [Name in ControlName]: ControlRules<Name, ValueOf<Name>>;
};

/** What stands in a field of a control. */
export type ValueOf<Name extends ControlName> = Name extends "flag"
  ? boolean
  : Name extends "chips" | "countries" | "tiers"
    ? string[]
    : Name extends "weekdays"
      ? number[]
      : Name extends "codes"
        ? CodesForm
        : Name extends "lines"
          ? LinesForm
          : Name extends "steps"
            ? StepForm[]
            : string;

/** What is known of a control, for any field. */
export function controlRules(name: ControlName): ControlRules<ControlName, FieldValue> {
  return CONTROLS[name] as never;
}
