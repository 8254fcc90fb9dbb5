import { describe, expect, it } from "vitest";
import { hashPassword, verifyPassword } from "./password";

describe("passwords", () => {
  it("are kept as argon2id with the parameters we ask for", async () => {
    const hash = await hashPassword("correct horse battery");
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(hash, "correct horse battery")).toBe(true);
    expect(await verifyPassword(hash, "correct horse batterz")).toBe(false);
  });

  it("cost as much to check where there is none", async () => {
    const hash = await hashPassword("correct horse battery");
    const timed = async (stored: string | null) => {
      const start = performance.now();
      for (let i = 0; i < 5; i += 1) expect(await verifyPassword(stored, "wrong")).toBe(false);
      return performance.now() - start;
    };
    await timed(null);
    const [known, unknown] = [await timed(hash), await timed(null)];
    expect(unknown).toBeGreaterThan(known * 0.3);
  });
});
