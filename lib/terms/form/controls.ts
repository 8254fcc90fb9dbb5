import { writePercent } from "@/lib/core/values/percent";
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

/** How the value of a field that has this control is filled in, read and shown. */
type ControlForm<Name extends ControlName> = {
  /** What stands in it before anything is filled in. */
  empty(field: ControlOf<Name>): FieldValue;
  /**
   * The value in the terms; undefined for one that is left out.
   * @param path where problems are said
   */
  read(value: FieldValue | undefined, field: ControlOf<Name>, path: string, to: Reader): unknown;
  /** @param data the value in the terms; undefined where it was left out */
  show(data: unknown, field: ControlOf<Name>): FieldValue;
};

const money: ControlForm<"money"> & ControlForm<"worth"> = {
  empty: ({ initial = "" }) => initial,
  read(value, { blank }) {
    const typed = text(value);
    return typed === "" && blank !== undefined ? ofBlank(blank) : typed;
  },
  show: (data, { blank }) => (data === blank || data === undefined ? "" : text(data)),
};

const codeList = (item: string): ControlForm<"countries"> & ControlForm<"tiers"> => ({
  empty: () => [],
  read: (value, _, path, to) => named(texts(value), item, path, to),
  show: texts,
});

/** Every control: a field of a kind that none of them fits needs a new one here. */
export const CONTROL_FORMS: { [Name in ControlName]: ControlForm<Name> } = {
  money,
  worth: money,
  percent: {
    empty: () => "",
    read: (value, _, path, to) => to.percent(path, text(value)),
    show: (data) => (typeof data === "number" ? writePercent(data) : ""),
  },
  whole: {
    empty: ({ initial = "" }) => initial,
    read(value, { least, most, blank }, path, to) {
      const typed = text(value);
      return typed === "" && blank !== undefined
        ? ofBlank(blank)
        : to.whole(path, typed, least, most);
    },
    show: (data) => (typeof data === "number" ? String(data) : ""),
  },
  text: {
    empty: () => "",
    read(value, { missing }, path, to) {
      const typed = text(value);
      if (missing !== undefined && typed === "") to.say(path, missing);
      return typed;
    },
    show: text,
  },
  chips: {
    empty: () => [],
    read: (value, { item }, path, to) => named(texts(value), item, path, to),
    show: texts,
  },
  choice: {
    empty: ({ options }) => options[0]?.value ?? "",
    read: (value, { options }) =>
      (options.find((option) => option.value === value) ?? options[0])?.value,
    show: text,
  },
  flag: {
    empty: ({ empty = false }) => empty,
    read: (value) => value === true,
    show: (data) => data === true,
  },
  person: {
    empty: () => "owner",
    read: (value) => text(value) || "owner",
    show: text,
  },
  countries: codeList("country"),
  tiers: codeList("tier"),
  weekdays: {
    empty: () => [1, 2, 3, 4, 5, 6, 7],
    read(value, _, path, to) {
      const days = numbers(value);
      if (days.length === 0) to.say(path, "Choose a day.");
      return days;
    },
    show: numbers,
  },
  clock: {
    empty: () => "",
    read: (value) => text(value) || undefined,
    show: text,
  },
  "date-time": {
    empty: () => "",
    read: (value) => text(value) || null,
    show: text,
  },
  codes: {
    empty: () => NO_CODES,
    read(value) {
      const { from, pattern, poolId } = isCodes(value) ? value : NO_CODES;
      if (from === "own") return undefined;
      return from === "pool"
        ? { kind: "pool", poolId }
        : { kind: "pattern", pattern: pattern.trim().toUpperCase() };
    },
    show(data) {
      const codes = data as { kind: "pattern"; pattern: string } | { kind: "pool"; poolId: string };
      if (!data) return NO_CODES;
      return codes.kind === "pool"
        ? { ...NO_CODES, from: "pool", poolId: codes.poolId }
        : { ...NO_CODES, from: "pattern", pattern: codes.pattern };
    },
  },
  lines: {
    empty: () => ({ skus: [], categories: [] }),
    read(value) {
      const { skus, categories } = linesOf(value);
      if (skus.length + categories.length === 0) return undefined;
      return { ...(skus.length > 0 && { skus }), ...(categories.length > 0 && { categories }) };
    },
    show: linesOf,
  },
  steps: {
    empty: () => [{ from: "", amount: "" }],
    read: (value, { from: counted }, path, to) =>
      stepsOf(value).map(({ from, amount }, index) => ({
        from:
          counted === "whole" ? to.whole(`${path}.${index}.from`, from, 1, 100_000) : from.trim(),
        amount: amount.trim(),
      })),
    show: stepsOf,
  },
};

const NO_CODES: CodesForm = { from: "own", pattern: "", poolId: "" };

function ofBlank(blank: Blank): string | null | undefined {
  return blank === "left out" ? undefined : blank;
}

function text(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((part) => typeof part === "string") : [];
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((part) => typeof part === "number") : [];
}

function named(values: string[], item: string, path: string, to: Reader): string[] {
  if (values.length === 0) to.say(path, `Name at least one ${item}.`);
  return values;
}

function isCodes(value: unknown): value is CodesForm {
  return typeof value === "object" && value !== null && "from" in value && "poolId" in value;
}

function linesOf(value: unknown): LinesForm {
  const { skus, categories } = (value ?? {}) as Partial<LinesForm>;
  return { skus: texts(skus), categories: texts(categories) };
}

function stepsOf(value: unknown): StepForm[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((part) =>
    typeof part === "object" && part !== null && "from" in part && "amount" in part
      ? [{ from: String(part.from), amount: String(part.amount) }]
      : [],
  );
}
