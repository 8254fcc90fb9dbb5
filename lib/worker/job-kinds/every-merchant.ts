import { prismaFor } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { systemScope } from "@/lib/merchants/queries/directory";
import type { Scope } from "@/lib/merchants/scope";

/**
 * Does something for one merchant after the other. A failure is logged and stops no other merchant.
 * @returns for how many it was done
 */
export async function everyMerchant(
  job: string,
  work: (scope: Scope) => Promise<unknown>,
): Promise<number> {
  const merchants = await prismaFor("goodword_gate").merchant.findMany({
    select: { id: true },
    orderBy: { id: "asc" },
  });
  let done = 0;
  for (const { id } of merchants) {
    try {
      await work(await systemScope(id));
      done += 1;
    } catch (error) {
      log.error({ err: error, job, merchantId: id }, "a job failed for one merchant");
    }
  }
  return done;
}
