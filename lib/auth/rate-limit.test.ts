import { describe, expect, it } from "vitest";
import { consume, forgive, RateLimited, reset } from "./rate-limit";

describe("rate limits", () => {
  it("refuse the try after the last allowed one, and say when to come back", async () => {
    for (let i = 0; i < 10; i += 1) await consume("sign_in_email", "one@example.com");
    const refused = await consume("sign_in_email", "one@example.com").catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(RateLimited);
    expect(refused).toMatchObject({ code: "rate_limited", status: 429 });
    expect((refused as RateLimited).retryAfterSeconds).toBeGreaterThan(800);
    expect((refused as RateLimited).message).toBe("Too many attempts. Try again in 15 minutes.");
  });

  it("count each key and each limit by itself", async () => {
    for (let i = 0; i < 5; i += 1) await consume("link_email", "two@example.com");
    await expect(consume("link_email", "two@example.com")).rejects.toBeInstanceOf(RateLimited);
    await consume("link_email", "three@example.com");
    await consume("sign_in_email", "two@example.com");
  });

  it("forgive what was honest", async () => {
    for (let i = 0; i < 40; i += 1) {
      await consume("sign_in", "192.0.2.1");
      await forgive("sign_in", "192.0.2.1");
    }
    for (let i = 0; i < 10; i += 1) await consume("sign_in_email", "four@example.com");
    await reset("sign_in_email", "four@example.com");
    await expect(consume("sign_in_email", "four@example.com")).resolves.toBeUndefined();
  });
});
