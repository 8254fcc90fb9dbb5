import { prismaFor } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { membershipsOf } from "../../queries/directory";
import type { Profile } from "../../schema";
import { recordAudit } from "../record-audit";

/**
 * Changes what a user says about themselves. Another name goes on record in each of their shops,
 * under the former one: entries keep the name of their time, and it has to be seen whose it was.
 * @param former the name that they had when they were asked
 * @throws DomainError conflict if it was changed meanwhile, in another browser
 */
export async function changeProfile(
  { id, name: former }: { id: string; name: string },
  { name, locale }: Profile,
): Promise<void> {
  const shops = former === name ? [] : await membershipsOf(id);
  await prismaFor("goodword_app").$transaction(async (db) => {
    const { count } = await db.user.updateMany({
      where: { id, name: former },
      data: { name, locale },
    });
    if (count === 0)
      throw new DomainError("conflict", "Your name was changed meanwhile. Reload the page.");
    for (const shop of shops) {
      await db.$executeRaw`SELECT set_config('app.merchant_id', ${shop.merchantId}, true)`;
      await recordAudit(
        { ...shop, db },
        {
          action: "member.rename",
          subjectType: "member",
          subjectId: id,
          summary: `Changed their name from “${former}” to “${name}”`,
        },
      );
    }
  });
}
