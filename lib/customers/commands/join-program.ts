import { DomainError, notFound } from "@/lib/core/errors";
import { asLocale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import { newId } from "@/lib/core/id";
import type { Db } from "@/lib/core/db";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { queueMessages } from "@/lib/messaging/commands/queue-message";
import { drawArm } from "@/lib/terms/rules/arms";
import { isDrawnOnly } from "@/lib/programs/experiments/rules";
import { termsOf } from "@/lib/programs/queries";
import { termsForArm } from "@/lib/terms/rules/applying";
import { sideWords } from "@/lib/terms/words/promises";
import type { Advocate } from "@/prisma/generated/client";
import { firstNameOf } from "../rules/names";
import { makeShareCode } from "../rules/share-code";

type Joined = { advocate: Advocate; code: string; created: boolean };

/**
 * Makes a customer an advocate of a program, with a code of their own. If they joined before,
 * returns what they have.
 * @param input.at when they joined, for imported history; now by default
 * @param input.welcome false sends no welcome email (for imports and seeds)
 * @returns the advocate, their code, and whether they are new
 * @throws DomainError not_found; conflict unless the program is live
 */
export async function joinProgram(
  scope: Scope,
  input: { programId: string; customerId: string; at?: Date; welcome?: boolean },
): Promise<Joined> {
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const { programId, customerId } = input;
    const program = await tx.db.program.findUnique({
      where: { merchantId_id: { merchantId, id: programId } },
      include: { merchant: { select: { defaultLocale: true } } },
    });
    if (!program) throw notFound("program");
    const existing = await findAdvocate(tx.db, merchantId, programId, customerId);
    if (existing) return { ...existing, created: false };
    if (program.state !== "live" || program.currentVersion === null) {
      throw new DomainError("conflict", "This program is not accepting new members.");
    }
    const customer = await tx.db.customer.findUnique({
      where: { merchantId_id: { merchantId, id: customerId } },
    });
    if (!customer) throw notFound("customer");

    const joinedAt = input.at ?? scopeNow(tx);
    const [advocate] = await tx.db.advocate.createManyAndReturn({
      data: [{ merchantId, id: newId("adv"), programId, customerId, joinedAt }],
      skipDuplicates: true,
    });
    if (!advocate) {
      // Another request joined them at the same moment. Its transaction has committed, so the row
      // is visible now.
      const joined = await findAdvocate(tx.db, merchantId, programId, customerId);
      if (!joined) throw notFound("advocate");
      return { ...joined, created: false };
    }
    const code = await claimCode(tx, advocate, customer.name);
    if (input.welcome !== false && customer.email) {
      const locale = asLocale(customer.locale ?? program.merchant.defaultLocale);
      const all = await termsOf(tx, programId, program.currentVersion);
      // If a segment decides on the arm, the email promises only what everybody gets.
      const terms = termsForArm(
        all,
        all.experiment && isDrawnOnly(all.experiment) ? drawArm(all.experiment, advocate.id) : null,
      );
      await queueMessages(tx, [
        {
          causeKey: `joined:${advocate.id}`,
          template: "joined",
          customerId,
          recipient: customer.email,
          locale,
          readerName: firstNameOf(customer.name),
          data: {
            programName: program.name,
            programSlug: program.slug,
            code,
            youGet: sideWords(translator(locale), terms, "advocate", locale),
            friendGets: sideWords(translator(locale), terms, "friend", locale),
          },
        },
      ]);
    }
    return { advocate, code, created: true };
  });
}

/**
 * Reserves a free code. Codes are unique across merchants, so a taken one may be another shop's.
 */
async function claimCode(tx: Tx, advocate: Advocate, name: string | null): Promise<string> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const code = makeShareCode(name, attempt);
    const { count } = await tx.db.shareCode.createMany({
      data: [
        {
          merchantId: tx.merchantId,
          code,
          programId: advocate.programId,
          advocateId: advocate.id,
          createdAt: scopeNow(tx),
        },
      ],
      skipDuplicates: true,
    });
    if (count === 1) return code;
  }
  throw new Error("no free share code in ten tries");
}

async function findAdvocate(db: Db, merchantId: string, programId: string, customerId: string) {
  const found = await db.advocate.findUnique({
    where: { merchantId_programId_customerId: { merchantId, programId, customerId } },
    include: { codes: { orderBy: { createdAt: "asc" }, take: 1 } },
  });
  if (!found) return null;
  const { codes, ...advocate } = found;
  return codes[0] ? { advocate, code: codes[0].code } : null;
}
