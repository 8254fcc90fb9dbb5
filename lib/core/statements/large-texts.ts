import { Client } from "pg";
import { randomCharacters } from "../id";

/**
 * Prisma writes the parameters of a statement as JSON and reads them again before the driver gets
 * them. For rows of a whole group that costs as much as deciding about them, so a large text goes
 * that way under a short name, and the driver's client puts it back.
 */
type LargeTexts = { prefix: string; byName: Map<string, string>; count: number };

// All copies of this module share the connections, and so these.
const globals = globalThis as typeof globalThis & { goodwordLargeTexts?: LargeTexts };
const texts: LargeTexts = (globals.goodwordLargeTexts ??= {
  // Nobody can guess it, so no text from outside is taken for a name.
  prefix: `large ${randomCharacters(26)} `,
  byName: new Map(),
  count: 0,
});

const LARGE = 2_000;
/** More than can be under way; of a statement that was never sent, nothing else lets go. */
const MOST = 500;

/** @returns the text, or what stands for it as a parameter of one statement */
export function largeText(text: string): string {
  if (text.length < LARGE) return text;
  texts.count += 1;
  const name = `${texts.prefix}${texts.count}`;
  texts.byName.set(name, text);
  for (const oldest of texts.byName.keys()) {
    if (texts.byName.size <= MOST) break;
    texts.byName.delete(oldest);
  }
  return name;
}

type Submitted = { values?: unknown[] };

/** A client of the driver that takes large texts for their names. */
export class LargeTextClient extends Client {}

type Send = (...all: unknown[]) => unknown;

LargeTextClient.prototype.query = function sent(this: Client, first: unknown, ...rest: unknown[]) {
  return (Client.prototype.query as Send).call(this, withTexts(first), ...rest);
} as typeof Client.prototype.query;

function withTexts(query: unknown): unknown {
  const { values } = (query ?? {}) as Submitted;
  const names = values?.filter((value) => isName(value)) as string[] | undefined;
  if (!names || names.length === 0) return query;
  const found = new Map(names.map((name) => [name, texts.byName.get(name)]));
  for (const name of names) texts.byName.delete(name);
  if ([...found.values()].includes(undefined))
    throw new Error("A large text was sent with a second statement.");
  return {
    ...(query as object),
    values: values!.map((value) => (isName(value) ? found.get(value) : value)),
  };
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.startsWith(texts.prefix);
}
