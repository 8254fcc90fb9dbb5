import { describe, expect, it } from "vitest";
import { hashChosenPassword, weaknessOf } from "./chosen-password";

const owner = {
  email: "mira.hoxha@harbour-tea.example.com",
  name: "Mira Hoxha",
  shopName: "Harbour Tea",
};
const weakness = (password: string) => weaknessOf(password, owner);

describe("a password that somebody chooses", () => {
  it("is none of those that leaked most often, however they are dressed up", async () => {
    for (const password of [
      "qwertyuiop",
      "1q2w3e4r5t",
      "password123",
      "basketball",
      "Basketball1!",
      "MANCHESTER",
      "b4sketb4ll",
    ])
      expect(await weakness(password), password).not.toBeNull();
  });

  it("is more than the words around it", async () => {
    for (const password of [
      "Goodword2026!",
      "g00dw0rd-referral",
      "HarbourTea2026",
      "harbour.tea.admin",
      "mirahoxha1990",
      "Hoxha12345678",
      "welcome-admin-1",
    ])
      expect(await weakness(password), password).toMatch(/anyone would guess/);
  });

  it("has more than a few different characters", async () => {
    for (const password of ["aaaaaaaaaaaa", "1212121212", "abcabcabcabc"])
      expect(await weakness(password), password).toMatch(/different/);
  });

  it("may be anything else, of any signs and languages", async () => {
    for (const password of [
      "correct horse battery",
      "tea with the harbour master",
      "four words of mine",
      "ujku ha dhi në mal",
      "我的密码是很长的一句话",
      "x".repeat(50) + "abcdefgh" + "y".repeat(50),
      "🐎🔋🧷🌊🍵🎈🏔️🛶🧩🪁",
    ])
      expect(await weakness(password), password).toBeNull();
  });

  it("is refused before it is hashed, at its field", async () => {
    await expect(hashChosenPassword("Goodword2026!", owner)).rejects.toMatchObject({
      code: "invalid_request",
      path: "password",
    });
    expect(await hashChosenPassword("correct horse battery", owner)).toMatch(/^\$argon2id\$/);
  });
});
