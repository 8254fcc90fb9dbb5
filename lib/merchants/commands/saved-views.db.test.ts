import { afterAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { savedViewsOf } from "../queries/saved-views";
import { saveViewSchema } from "../schema";
import { type Scope } from "../scope";
import { createTestMerchant, testMember } from "../testing";
import { MOST_VIEWS, removeView, saveView } from "./saved-views";

afterAll(closeConnections);

const view = (name: string, query: string, isShared = false) =>
  saveViewSchema.parse({ list: "customers", name, query, isShared: String(isShared) });

const namesFor = async (scope: Scope) =>
  (await savedViewsOf(scope, "customers")).map(({ name, isOwn }) => `${name}${isOwn ? "" : "*"}`);

describe("views of a list", () => {
  it("are a member's own, or the team's", async () => {
    const shop = await createTestMerchant();
    const [ana, ben] = [await testMember(shop, "support"), await testMember(shop, "support")];
    await saveView(ana, view("Best", "sort=revenue"));
    const { id } = await saveView(ana, view("New", "from=2026-11-01", true));
    expect(await namesFor(ana)).toEqual(["Best", "New"]);
    expect(await namesFor(ben)).toEqual(["New*"]);
    expect(await savedViewsOf(ana, "rewards")).toEqual([]);
    await expect(removeView(ben, { viewId: id })).rejects.toMatchObject({ code: "not_found" });
    await removeView(ana, { viewId: id });
    expect(await namesFor(ben)).toEqual([]);
  });

  it("replace the one of the same name, and forget the page", async () => {
    const ana = await testMember(await createTestMerchant(), "support");
    await saveView(ana, view("Mine", "search=ana"));
    await saveView(ana, view("Mine", "search=ben&cursor=abc&limit=5"));
    expect(await savedViewsOf(ana, "customers")).toMatchObject([{ query: "search=ben" }]);
    expect(saveViewSchema.safeParse({ list: "customers", name: "All", query: "" }).success).toBe(
      false,
    );
  });

  it("are not seen in another shop, and are bounded", async () => {
    const [mine, theirs] = [await createTestMerchant(), await createTestMerchant()];
    const ana = await testMember(mine, "support");
    const { id } = await saveView(ana, view("Best", "sort=revenue", true));
    const rival = await testMember(theirs, "owner");
    expect(await namesFor(rival)).toEqual([]);
    await expect(removeView(rival, { viewId: id })).rejects.toMatchObject({ code: "not_found" });
    for (let number = 1; number < MOST_VIEWS; number += 1)
      await saveView(ana, view(`View ${number}`, `search=${number}`));
    await expect(saveView(ana, view("One more", "search=x"))).rejects.toMatchObject({
      code: "conflict",
    });
    await saveView(ana, view("Best", "sort=orders"));
  });
});
