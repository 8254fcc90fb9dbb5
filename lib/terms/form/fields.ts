/**
 * The fields of a kind as data: what a person fills in, and how it stands in the terms. A field has
 * the name that its value has there. The controls are a closed list: `CONTROLS` reads and shows
 * each, `KindFields` of the pages draws each.
 */

/** What an optional field that is empty stands for in the terms. */
export type Blank = "left out" | "0" | null;

type Option = { value: string; label: string };

type Control =
  /** An amount of the program's currency. */
  | { control: "money"; blank?: Blank; initial?: string }
  /** An amount of what the benefit is counted in: money, or whole points. */
  | { control: "worth"; blank?: Blank; initial?: string }
  /** Basis points, filled in as "12.5". */
  | { control: "percent" }
  | { control: "whole"; least: number; most: number; blank?: Blank; initial?: string }
  | { control: "text"; maxLength?: number; placeholder?: string; missing?: string; mono?: true }
  /** Any number of texts. */
  | {
      control: "chips";
      /** What one of them is called: "category". */
      item: string;
      placeholder?: string;
      as?: "upper case" | "lower case";
      suggest?: "channels";
    }
  | { control: "choice"; options: readonly Option[] }
  | { control: "flag"; empty?: boolean }
  /** Whose: the receiver’s, the advocate’s or the friend’s. */
  | { control: "person" }
  | { control: "countries" }
  | { control: "tiers" }
  /** Days of the week from 1, Monday, to 7. */
  | { control: "weekdays" }
  /** "09:30" in the shop's time zone. */
  | { control: "clock" }
  /** ISO 8601 with an offset. */
  | { control: "date-time" }
  /** Where a coupon's code comes from. */
  | { control: "codes" }
  /** The lines of an order, by article or category. */
  | { control: "lines" }
  /** Rows of "from" and an amount of what the benefit is counted in. */
  | { control: "steps"; from: "whole" | "money"; fromLabel: string };

export type ControlName = Control["control"];
export type ControlOf<Name extends ControlName> = Extract<Control, { control: Name }>;

export type Field = { name: string; label: string; hint?: string } & Control;

/** What a kind is called where one is chosen, what that means, and its fields. */
export type FormOfKind = { label: string; hint?: string; fields: readonly Field[] };

export type StepForm = { from: string; amount: string };
export type CodesForm = { from: "own" | "pattern" | "pool"; pattern: string; poolId: string };
export type LinesForm = { skus: string[]; categories: string[] };

/** What stands in a field while it is filled in; numbers and amounts are the text as typed. */
export type FieldValue =
  string | boolean | string[] | number[] | StepForm[] | CodesForm | LinesForm;

/** A kind as it is filled in: its fields by name, beside those of kinds chosen before. */
export type KindForm<Kind extends string = string> = { kind: Kind; [field: string]: FieldValue };
