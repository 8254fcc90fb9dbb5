import { withinDays } from "@/lib/core/lists/day-filter";
import type { Prisma } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { decodeCursor, decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { contains } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { slugsOf } from "@/lib/programs/queries";
import type { Customer } from "@/prisma/generated/client";
import type { CustomerFilter, CustomerSort } from "../schema";

export type CustomerRow = Pick<
  Customer,
  | "id"
  | "externalId"
  | "email"
  | "name"
  | "locale"
  | "createdAt"
  | "firstOrderAt"
  | "lastOrderAt"
  | "orderCount"
  | "revenueMinor"
> & {
  /** How many programs they are an advocate in. */
  advocacies: number;
  /** True if a friend referred them. */
  referred: boolean;
};

/** The filter for a search: a part of the name, the email or the merchant's id. */
export function customerContaining(words: string): Prisma.CustomerWhereInput {
  const part = contains(words);
  return { OR: [{ name: part }, { email: part }, { externalId: part }] };
}

type SortColumn = "createdAt" | "revenueMinor" | "orderCount";

const COLUMNS: Record<CustomerSort, SortColumn> = {
  newest: "createdAt",
  revenue: "revenueMinor",
  orders: "orderCount",
};

/** Customers, newest first by default, or those who bought for most or most often. */
export async function listCustomers(
  scope: Scope,
  filter: CustomerFilter,
): Promise<Page<CustomerRow>> {
  requirePermission(scope, "customer.read");
  const column = COLUMNS[filter.sort ?? "newest"];
  return inScope(scope, async ({ db }) => {
    const rows = await db.customer.findMany({
      where: { AND: [...chosenBy(scope, filter), ...after(column, filter.cursor)] },
      orderBy: [{ [column]: "desc" }, { id: "desc" }],
      take: filter.limit + 1,
      select: ROW,
    });
    const page = toPage(rows, filter.limit, (row) => [keyOf(row[column]), row.id]);
    return {
      ...page,
      rows: page.rows.map(({ advocates, friendOf, ...row }) => ({
        ...row,
        advocacies: advocates.length,
        referred: friendOf.length > 0,
      })),
    };
  });
}

const ROW = {
  id: true,
  externalId: true,
  email: true,
  name: true,
  locale: true,
  createdAt: true,
  firstOrderAt: true,
  lastOrderAt: true,
  orderCount: true,
  revenueMinor: true,
  // Counted for this page's customers only: a join in the statement would group whole tables first.
  advocates: { select: { id: true } },
  friendOf: { select: { id: true } },
} as const satisfies Prisma.CustomerSelect;

function chosenBy(scope: Scope, filter: CustomerFilter): Prisma.CustomerWhereInput[] {
  const { search, email, program } = filter;
  const chosen: Prisma.CustomerWhereInput[] = [
    { merchantId: scope.merchantId, mergedIntoId: null },
    { createdAt: withinDays(filter, scope.timeZone) },
  ];
  if (search) chosen.push(customerContaining(search));
  if (email) chosen.push({ email });
  if (program) {
    const named = { OR: [{ id: program }, { slug: { in: slugsOf(scope, program) } }] };
    chosen.push({ advocates: { some: { program: named } } });
  }
  return chosen;
}

/** What comes after the row of a cursor, in the order of a column. */
function after(column: SortColumn, cursor: string | undefined): Prisma.CustomerWhereInput[] {
  if (!cursor) return [];
  const { value, id } = readKey(column, cursor);
  return [{ OR: [{ [column]: { lt: value } }, { [column]: value, id: { lt: id } }] }];
}

function keyOf(value: Date | bigint | number): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

/** @throws DomainError invalid_request (path "cursor") for a cursor of another list or order */
function readKey(column: SortColumn, cursor: string) {
  if (column === "createdAt") {
    const { at, id } = decodeTimeCursor(cursor);
    return { value: at, id };
  }
  const [written = "", id = ""] = decodeCursor(cursor, 2);
  const isOrders = column === "orderCount";
  const fits = isOrders ? /^\d{1,9}$/ : /^-?\d{1,18}$/;
  if (!fits.test(written) || !/^[\w.:-]{1,100}$/.test(id))
    throw new DomainError("invalid_request", "This cursor does not belong to this list.", "cursor");
  return { value: isOrders ? Number(written) : BigInt(written), id };
}
