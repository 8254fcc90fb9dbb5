import fc from "fast-check";
import { expect, it } from "vitest";
import { emailIdentity, emailSchema, readEmail } from "./email";

it.each([
  ["mira@example.com", "mira@example.com"],
  [" Mira@Example.COM ", "mira@example.com"],
  ["mira+tea@sub.example.co.uk", "mira+tea@sub.example.co.uk"],
  ["o'neil_x-1@example.com", "o'neil_x-1@example.com"],
  ["mira@müller.de", "mira@xn--mller-kva.de"],
  ["mira@例子.中国", "mira@xn--fsqu00a.xn--fiqs8s"],
  ["müller@example.com", "müller@example.com"],
  ["mi\u0308ra@example.com", "m\u00efra@example.com"],
  ["\u200bmira@exam\u00adple.com\ufeff", "mira@example.com"],
])("reads %j", (text, email) => {
  expect(readEmail(text)).toBe(email);
});

it.each([
  "",
  "mira",
  "@example.com",
  "mira@",
  "mira@example",
  "mira@example.c",
  "a..b@example.com",
  ".a@example.com",
  "a.@example.com",
  "(c)a@example.com",
  "a,b@example.com",
  "a b@example.com",
  '"a b"@example.com',
  "a\u0007b@example.com",
  "a@b@example.com",
  "a@exam ple.com",
  "a@example..com",
  "a@-example.com",
  "a@example-.com",
  "a@1.2.3.4",
  "a@[1.2.3.4]",
  "a@example.com/x",
  "a@ex%41mple.com",
  `${"a".repeat(65)}@example.com`,
  `a@${"b".repeat(64)}.com`,
  `${"a".repeat(60)}@${"b.".repeat(100)}com`,
  "mira@example.com".repeat(100),
])("refuses %j", (text) => {
  expect(readEmail(text)).toBeNull();
  expect(emailSchema.safeParse(text).error?.issues[0]?.message).toBe(
    "Enter an email address like you@example.com.",
  );
});

it("leaves what it read as it is", () => {
  const local = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
  const domain = fc.oneof(fc.domain(), fc.constantFrom("müller.de", "ÉCOLE.fr", "例子.中国"));
  fc.assert(
    fc.property(local, domain, (name, host) => {
      const once = readEmail(`${name}@${host}`);
      if (once !== null) expect(readEmail(once)).toBe(once);
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  ["mi.ra+a@gmail.com", "mira@googlemail.com", true],
  ["mira+a@example.com", "mira+b@example.com", true],
  ["mi\u200bra@example.com", "mira@example.com", true],
  ["ｍｉｒａ@example.com", "mira@example.com", true],
  ["+355@example.com", "+356@example.com", false],
  ["mi.ra@example.com", "mira@example.com", false],
  ["mira@example.com", "mira@example.org", false],
])("%s and %s are one inbox: %s", (one, other, same) => {
  expect(emailIdentity(one) === emailIdentity(other)).toBe(same);
});
