import { afterAll, describe, expect, it, vi } from "vitest";
import { closeConnections, prismaFor } from "@/lib/core/db";
import { consume, forgive, RateLimited, reset } from "./rate-limit";

afterAll(closeConnections);

/** The same code as another process has it: without what this one remembers. */
async function otherProcess(): Promise<typeof import("./rate-limit")> {
  vi.resetModules();
  Reflect.deleteProperty(globalThis, "goodwordLimits");
  return import("./rate-limit");
}

describe("rate limits", () => {
  it("refuse the try after the last allowed one, and say when to come back", async () => {
    for (let i = 0; i < 10; i += 1) await consume("sign_in_here", "one@example.com");
    const refused = await consume("sign_in_here", "one@example.com").catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(RateLimited);
    expect(refused).toMatchObject({ code: "rate_limited", status: 429 });
    expect((refused as RateLimited).retryAfterSeconds).toBeGreaterThan(800);
    expect((refused as RateLimited).message).toBe("Too many attempts. Try again in 15 minutes.");
  });

  it("count each key and each limit by itself", async () => {
    for (let i = 0; i < 5; i += 1) await consume("link_here", "two@example.com");
    await expect(consume("link_here", "two@example.com")).rejects.toBeInstanceOf(RateLimited);
    await consume("link_here", "three@example.com");
    await consume("sign_in_here", "two@example.com");
  });

  it("forgive what was honest", async () => {
    for (let i = 0; i < 40; i += 1) {
      await consume("sign_in", "192.0.2.1");
      await forgive("sign_in", "192.0.2.1");
    }
    for (let i = 0; i < 10; i += 1) await consume("sign_in_here", "four@example.com");
    await reset("sign_in_here", "four@example.com");
    expect(await consume("sign_in_here", "four@example.com")).toBe(1);
  });

  it("hold across processes, also for tries at once", async () => {
    const other = await otherProcess();
    const tries = await Promise.allSettled(
      Array.from({ length: 30 }, (_, i) => (i % 2 ? other.consume : consume)("link_here", "five")),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    await expect(consume("link_here", "five")).rejects.toMatchObject({ code: "rate_limited" });
    await expect((await otherProcess()).consume("link_here", "five")).rejects.toMatchObject({
      code: "rate_limited",
    });
  });

  it("keep no addresses", async () => {
    await consume("sign_in_here", "six@example.com 192.0.2.6");
    const rows = await prismaFor("goodword_app").rateLimit.findMany();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/example|192\.0/);
  });

  it("hold in each process while the database is away, and never fail for it", async () => {
    const { consume } = await otherProcess();
    const url = process.env.DATABASE_URL;
    await closeConnections();
    process.env.DATABASE_URL = "postgresql://nobody@127.0.0.1:1/nowhere";
    for (let i = 0; i < 5; i += 1) await consume("link_here", "seven");
    await expect(consume("link_here", "seven")).rejects.toMatchObject({ code: "rate_limited" });
    await closeConnections();
    process.env.DATABASE_URL = url;
    await consume("link_here", "eight");
  });
});
