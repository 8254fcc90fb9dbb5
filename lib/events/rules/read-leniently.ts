import type { z } from "zod";
import { type EventInput, eventSchema, type Warning } from "../schema";
import { BAD_TEXT_WORDS, badTextPath, shortened, withoutBadText } from "./free-json";
import { Refused } from "./refusal";

/** A warning of one event, before it is known which of a request it is. */
export type EventWarning = Omit<Warning, "index">;

/** What reading an event found to say; the event is taken all the same. */
export type Tell = (warning: EventWarning) => void;

/** A part of the contract: its path, with * for a place in a list. */
type Field = string;

/** Texts that still say something when they are cut. */
const LABELS: ReadonlySet<Field> = new Set([
  "customer.name",
  "order.items.*.sku",
  "order.items.*.name",
  "order.items.*.category",
  "refund.items.*.sku",
  "refund.items.*.name",
  "refund.items.*.category",
  "context.channel",
  "context.source",
  "context.medium",
  "context.campaign",
  "context.term",
  "context.content",
  "context.referrer",
  "context.url",
  "context.device",
]);

/** What is left out where it cannot be read: the fact stands without it. */
const SIDE_MATTERS: ReadonlySet<Field> = new Set([
  ...[...LABELS].filter((field) => !field.endsWith(".sku")),
  "customer.traits",
  "visitorId",
  "clickId",
  "code",
  "order.discountCode",
  "context",
  "context.locale",
  "context.country",
  "properties",
]);

/** Ways to say whom an event is about. One that cannot be read is left out beside another. */
const PEOPLE: ReadonlySet<Field> = new Set([
  "customer",
  "customer.id",
  "customer.email",
  "visitorId",
]);

/** The SKU of an order's line that was sent without one. */
const UNNAMED_ARTICLE = "item";

/** Mending can bring further faults to light, but each round takes one away from every place. */
const MOST_ROUNDS = 5;

/**
 * Reads an event by the contract. What the fact does not hang on is cut, left out or ignored where
 * it does not keep to it: labels, addresses of pages, campaigns, traits, fields that are not
 * listed, and whom it is about as long as somebody is left.
 * @param textIsClean true when the text was seen to hold nothing that the database refuses
 * @throws Refused for what cannot be mended: types, times, ids, money, and nobody it could be about
 */
export function readLeniently(raw: unknown, textIsClean: boolean, tell: Tell): EventInput {
  let parsed = eventSchema.safeParse(raw);
  if (parsed.success && (textIsClean || badTextPath(raw) === null)) return parsed.data;
  if (!isObject(raw)) throw refused(parsed.error?.issues[0]);
  const mending = new Mending(raw, tell);
  for (let round = 0; !parsed.success && round < MOST_ROUNDS; round += 1) {
    for (const issue of parsed.error.issues) mending.mend(issue);
    parsed = eventSchema.safeParse(mending.event);
  }
  if (!parsed.success) throw refused(parsed.error.issues[0]);
  const event = textIsClean ? parsed.data : mending.withoutBadTexts(parsed.data);
  if (mending.lostPerson && !namesSomebody(event)) throw refused(mending.lostPerson);
  return event;
}

/** True when the event says whom it is about. */
export function namesSomebody({ customer, visitorId }: EventInput): boolean {
  return Boolean(customer?.id || customer?.email || visitorId);
}

type Issue = z.core.$ZodIssue;
type Holder = Record<PropertyKey, unknown>;

/** An event on its way to the contract; what came in stays as it is. */
class Mending {
  readonly event: Holder;
  /** Why the first way to say whom it is about had to go. */
  lostPerson: Issue | undefined;
  readonly #tell: Tell;
  readonly #copied = new Set<unknown>();

  constructor(raw: object, tell: Tell) {
    this.event = { ...raw } as Holder;
    this.#copied.add(this.event);
    this.#tell = tell;
  }

  /** @throws Refused for what cannot be mended */
  mend(issue: Issue): void {
    if (issue.code === "unrecognized_keys") return this.#ignore(issue);
    const field = fieldOf(issue.path);
    const { holder, key } = this.#place(issue.path);
    const said = holder[key];
    if (LABELS.has(field) && issue.code === "too_big" && typeof said === "string") {
      const most = Number(issue.maximum);
      holder[key] = shortened(said, most);
      this.#warn("shortened", `This has at most ${most} characters.`, issue.path);
    } else if (field === "order.items.*.sku") {
      holder[key] = typeof said === "number" ? String(said) : UNNAMED_ARTICLE;
      this.#warn("left_out", `Taken as "${String(holder[key])}".`, issue.path);
    } else {
      this.#leaveOut(issue);
      delete holder[key];
    }
  }

  /**
   * Takes out of an event what the database cannot keep. Free-form parts stay: they are brought
   * within their bounds later. @throws Refused where a key of the fact holds it
   */
  withoutBadTexts(event: EventInput): EventInput {
    return this.#clean(event, []) as EventInput;
  }

  #clean(value: unknown, path: string[]): unknown {
    const field = fieldOf(path);
    if (field === "properties" || field === "customer.traits") return value;
    if (Array.isArray(value))
      return value.map((item, index) => this.#clean(item, [...path, String(index)]));
    if (isObject(value))
      return Object.fromEntries(
        Object.entries(value).map(([key, part]) => [key, this.#clean(part, [...path, key])]),
      );
    if (typeof value !== "string") return value;
    const kept = withoutBadText(value);
    if (kept === value) return value;
    if (LABELS.has(field) && kept !== "") {
      this.#warn("shortened", BAD_TEXT_WORDS, path);
      return kept;
    }
    const message = "Text must be valid Unicode without NUL characters.";
    this.#leaveOut({ code: "custom", path, message, input: value });
    return undefined;
  }

  #leaveOut(issue: Issue): void {
    const field = fieldOf(issue.path);
    if (PEOPLE.has(field)) this.lostPerson ??= issue;
    else if (!SIDE_MATTERS.has(field)) throw refused(issue);
    const isOurs = issue.message.endsWith(".");
    const message = isOurs ? issue.message : "This cannot be read and was left out.";
    this.#warn("left_out", message, issue.path);
  }

  #ignore({ keys, path }: Issue & { code: "unrecognized_keys" }): void {
    const { holder } = this.#place([...path, ""]);
    for (const key of keys) {
      delete holder[key];
      const name = withoutBadText(key.slice(0, 100));
      this.#warn("unknown_field", `Unknown field "${name}".`, [...path, name]);
    }
    if (fieldOf(path) !== "customer") return;
    const name = withoutBadText(keys[0]!.slice(0, 100));
    const message = `Unknown field "${name}".`;
    this.lostPerson ??= { code: "custom", path: [...path, name], message, input: undefined };
  }

  /** Where a path ends, with everything on the way there copied once. */
  #place(path: readonly PropertyKey[]): { holder: Holder; key: PropertyKey } {
    let holder = this.event;
    for (const key of path.slice(0, -1)) {
      const part = holder[key];
      if (!isObject(part)) break;
      if (!this.#copied.has(part)) {
        const copy = Array.isArray(part) ? [...part] : { ...part };
        this.#copied.add(copy);
        holder[key] = copy;
      }
      holder = holder[key] as Holder;
    }
    return { holder, key: path.at(-1) ?? "" };
  }

  #warn(code: EventWarning["code"], message: string, path: readonly PropertyKey[]): void {
    this.#tell({ code, message, path: path.map(String).join(".") });
  }
}

function fieldOf(path: readonly PropertyKey[]): Field {
  return path
    .map((key) => (typeof key === "number" || /^\d+$/.test(String(key)) ? "*" : String(key)))
    .join(".");
}

function refused(issue: Issue | undefined): Refused {
  const path = (issue?.path ?? []).map(String).join(".");
  return new Refused("invalid_request", issue?.message ?? "This is not an event.", path);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
