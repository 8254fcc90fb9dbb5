import type { Scope } from "@/lib/merchants/scope";
import type { Terms } from "@/lib/programs/schema";
import type { Purse } from "./purse";
import { readHistory, runTerms } from "./run";

/** For tests only: what one run of terms over a program's past comes to. */
export async function pastUnder(scope: Scope, range: { programId: string; fromAt: Date; untilAt: Date }, terms: Terms): Promise<Purse> {
  const { history } = await toEnd(readHistory(scope, range, terms, terms));
  return toEnd(runTerms(history, terms, { done: 0, total: 0 }));
}

/** What a generator returns in the end. */
export async function toEnd<T>(steps: AsyncGenerator<unknown, T>): Promise<T> {
  let next = await steps.next();
  while (!next.done) next = await steps.next();
  return next.value;
}
