import { Prisma } from "@/lib/core/db";
import { decodeCursor, decodeTimeCursor, encodeCursor } from "@/lib/core/paging";

/** What a referral is sorted by. */
type Place = { id: string; createdAt: Date; reviewAt: Date | null; score: number };

/** An order of the list: how it is sorted, what follows a cursor, and a row's place in it. */
type ListOrder = {
  by: Prisma.Sql;
  after(cursor: string): Prisma.Sql;
  place(row: Place): string[];
};

/** The newest first. */
export const BY_TIME: ListOrder = {
  by: Prisma.sql`r.created_at DESC, r.id DESC`,
  after(cursor) {
    const { at, id } = decodeTimeCursor(cursor);
    return Prisma.sql`(r.created_at, r.id) < (${at}, ${id})`;
  },
  place: ({ createdAt, id }) => [createdAt.toISOString(), id],
};

/** The most suspicious first, and of those the longest waiting. */
export const BY_SCORE: ListOrder = {
  by: Prisma.sql`r.score DESC, r.review_at, r.id`,
  after(cursor) {
    const [score = "", ...rest] = decodeCursor(cursor, 3);
    const { at, id } = decodeTimeCursor(encodeCursor(rest));
    const number = /^\d{1,3}$/.test(score) ? Number(score) : 0;
    return Prisma.sql`(r.score < ${number}
      OR r.score = ${number} AND (r.review_at, r.id) > (${at}, ${id}))`;
  },
  place: ({ score, reviewAt, createdAt, id }) => [
    String(score),
    (reviewAt ?? createdAt).toISOString(),
    id,
  ],
};
