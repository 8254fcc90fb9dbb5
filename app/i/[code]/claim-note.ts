import { cookies } from "next/headers";
import { z } from "zod";
import { cookieFlags, cookieName } from "@/lib/core/address";
import { seal, unseal } from "@/lib/core/sealing";

/**
 * What this browser knows about an invitation that was accepted in it. Only this browser is shown
 * what the friend got: an email address alone proves nothing.
 */
const noteSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("joined"),
    merchantId: z.string(),
    customerId: z.string(),
    referralId: z.string(),
    email: z.string(),
  }),
  z.object({ kind: z.literal("emailed"), email: z.string() }),
]);
export type ClaimNote = z.infer<typeof noteSchema>;

const DAY_SECONDS = 24 * 60 * 60;

/**
 * Writes the note for one code. Where nothing came of it, it is forgotten soon, so that another
 * email address can be tried.
 */
export async function writeClaimNote(code: string, note: ClaimNote): Promise<void> {
  (await cookies()).set(nameOf(code), seal(Buffer.from(JSON.stringify(note)), purposeOf(code)), {
    ...cookieFlags(),
    maxAge: note.kind === "joined" ? 90 * DAY_SECONDS : 600,
  });
}

/**
 * The note that this browser has for a code; null when there is none, or it was made for another.
 */
export async function readClaimNote(code: string): Promise<ClaimNote | null> {
  const sealed = (await cookies()).get(nameOf(code))?.value;
  const plain = sealed ? unseal(sealed, purposeOf(code)) : null;
  if (!plain) return null;
  // A note of an earlier version is forgotten.
  return noteSchema.safeParse(JSON.parse(Buffer.from(plain).toString("utf8"))).data ?? null;
}

/** One cookie for each code: those for one path only could be set by neighbours of our host. */
function nameOf(code: string): string {
  return cookieName(`gw_claim_${code}`);
}

function purposeOf(code: string): string {
  return `claim of ${code}`;
}
