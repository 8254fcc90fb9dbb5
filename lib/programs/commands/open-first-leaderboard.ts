import type { Db } from "@/lib/core/db";

/**
 * The leaderboard that every program starts with: qualified friends, all time. Made in the
 * transaction that makes the program, so that nothing can have been earned before it. Its ids come
 * from the program's, as in its twin of test mode.
 */
export async function openFirstLeaderboard(
  db: Db,
  merchantId: string,
  programId: string,
  now: Date,
): Promise<void> {
  const suffix = programId.slice(programId.indexOf("_"));
  await db.leaderboard.create({
    data: {
      merchantId,
      id: `brd${suffix}`,
      programId,
      metric: "referrals",
      cadence: "ever",
      prizes: [],
      state: "active",
      name: { en: "Leaderboard", sq: "Renditja", zh: "排行榜" },
      createdAt: now,
      updatedAt: now,
      seasons: {
        create: { id: `sea${suffix}`, startsAt: new Date(0), state: "running", countedAt: now },
      },
    },
  });
}
