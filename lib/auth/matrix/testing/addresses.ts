import { readdirSync } from "node:fs";
import { definitions } from "@/lib/reports";
import type { Shop } from "./shop";

/**
 * For tests and the bench only: the addresses of all pages, routes and pictures beside the API, as
 * the folders of `app` have them: "/refer/[program]/join".
 */
export function pagePaths(): string[] {
  return readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter(
      (file) =>
        /(?:^|\/)(?:page|route|[a-z-]+-image)\.tsx?$/.test(file) && !file.startsWith("api/v1"),
    )
    .map((file) =>
      `/${file}`
        .replace(/\/(?:page|route)\.tsx?$|\.tsx$/, "")
        .replaceAll(/\/\([^)]*\)/g, "")
        .replaceAll(/^$/g, "/"),
    )
    .filter((path) => !path.includes("/_"));
}

/** The same with what is a shop's in their variable parts, once for each that there is. */
export function pagesOf(shop: Shop): string[] {
  const named: Record<string, readonly string[]> = {
    merchant: [shop.slug],
    program: [shop.program.slug],
    referral: [shop.referralId],
    customer: [shop.customer.id],
    reward: [shop.rewardId],
    batch: [shop.payoutId],
    pool: [shop.poolId],
    badge: [shop.badgeId],
    tier: [shop.tierId],
    item: [shop.itemId],
    event: [shop.waitingEventId],
    rule: ["advocate"],
    metric: definitions().map(({ name }) => name),
    code: [shop.customer.code],
    format: ["svg", "png"],
  };
  return pagePaths().flatMap((path) => filled(path, named));
}

/** An address with each name in brackets replaced by what it may stand for. */
function filled(path: string, named: Readonly<Record<string, readonly string[]>>): string[] {
  const part = /\[+(?:\.\.\.)?(\w+)\]+/.exec(path);
  if (!part) return [path];
  const values = named[part[1]!] ?? ["nothing-here"];
  return values.flatMap((value) => filled(path.replace(part[0], value), named));
}
