import { DomainError } from "@/lib/core/errors";
import { addDays } from "@/lib/core/time";
import type { Outcome, Transfer } from "../rules/transfer";
import { EPOCH, type Posting, type RandomStep, transfersOf } from "./history-steps";
import { MemoryLedger } from "./memory-ledger";

/** For tests only: whole histories of balances, as the product makes them. */

/** What a posting came to, or the code of its refusal. */
export type PostingResult = readonly Outcome[] | string;

/**
 * Plays random steps over a ledger in memory. Each follows from what the ledger holds by then, so
 * that most of them do something.
 * @param look called with the ledger after each posting
 */
export function playHistory(
  steps: readonly RandomStep[],
  look: (ledger: MemoryLedger, posting: Posting, from: number) => void,
): { ledger: MemoryLedger; postings: Posting[]; results: PostingResult[] } {
  const ledger = new MemoryLedger();
  const postings: Posting[] = [];
  const results: PostingResult[] = [];
  const spends: Transfer[] = [];
  const world = { ledger, rewards: [], spends, postings, day: 0 };
  steps.forEach((step, index) => {
    if (step.kind === "wait") {
      world.day += step.days;
      return;
    }
    ledger.now = addDays(EPOCH, world.day);
    const posting = { day: world.day, transfers: transfersOf(step, index, world) };
    if (posting.transfers.length === 0) return;
    const from = ledger.journal.length;
    results.push(postInMemory(ledger, posting));
    postings.push(posting);
    look(ledger, posting, from);
  });
  return { ledger, postings, results };
}

/** Posts to a ledger in memory; a refusal is its code. */
export function postInMemory(ledger: MemoryLedger, posting: Posting): PostingResult {
  ledger.now = addDays(EPOCH, posting.day);
  try {
    return ledger.post(posting.transfers);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
