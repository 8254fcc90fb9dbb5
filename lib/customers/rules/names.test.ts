import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { colleagueName, firstNameOf, friendLabel, shownAlias, shownName } from "./names";
import { cleanAlias } from "./profile";

const PEOPLE: [name: string, first: string][] = [
  ["Mira Dervishi", "Mira"],
  ["Zoë van Dam", "Zoë"],
  ["J.R.R. Tolkien", "J.R.R."],
  ["J.Smith", "J.Smith"],
  ["M.Ali", "M.Ali"],
  ["Dr. Ana Krasniqi", "Dr."],
  ["Dr.Smith", "Dr.Smith"],
  ["St. John Rivers", "St."],
  ["Ana Hoti Jr.", "Ana"],
  ["Ana Hoti, Ph.D.", "Ana"],
  ["Ana Hoti B.Sc.", "Ana"],
  ["Conan O’Brien", "Conan"],
  ["O'Neil", "O'Neil"],
  ["Anna-Maria", "Anna-Maria"],
  ["Smith, John", "Smith"],
  ["Gal·la Placídia", "Gal·la"],
  ["卡尔·马克思", "卡尔·马克思"],
  ["王小明", "小明"],
  ["欧阳小明", "小明"],
  ["李雷", "雷"],
  ["Lea 1990", "Lea"],
  ["Dot Cotton", "Dot"],
  ["Dorothy “Dot” Li", "Dorothy"],
  ["Nguyễn Thị Minh Khai", "Nguyễn"],
  ["محمد علي", "محمد"],
  ["สมชาย ใจดี", "สมชาย"],
  ["Иван Петров", "Иван"],
  ["Ёлка", "Ёлка"],
  ["Henry VIII", "Henry"],
  ["Ing. Cem Işık", "Ing."],
  ["Netta", "Netta"],
  ["Comfort Atta", "Comfort"],
  ["Ana Com­es", "Ana"],
  ["N. Shopova", "N."],
  ["A. Info­va", "A."],
];

describe("a name that is a name", () => {
  it.each(PEOPLE)("%s is shown as %s", (name, first) => {
    expect(firstNameOf(name)).toBe(first);
    expect(shownName({ name, email: "m@example.com" })).toBe(first);
  });
});

const SPEAKING = [
  "mira@example.com",
  "mira＠example．com",
  "mira (at) example.com",
  "mira [at] example [dot] com",
  "https://evil.example",
  "HTTPS://EVIL.EXAMPLE/x",
  "hxxp://evil.example",
  "evil.com",
  "Evil.COM",
  "visit evil.example now",
  "Mira evil.shop",
  "Mira www.evil",
  "bit.ly/3xYz",
  "t.me/evil",
  "T.me",
  "x.co",
  "evil.co.uk",
  "evil。com",
  "evil．com",
  "evil｡com",
  "evil․com",
  "ｅｖｉｌ．ｃｏｍ",
  "evil·com",
  "evil•com",
  "evil,com",
  "evil . com",
  "evil. com",
  "evil .com",
  "evil dot com",
  "evil DOT com",
  "evil d0t com",
  "evil(dot)com",
  "evil [.] com",
  "evildotcom",
  "evil dot io",
  "evil punkt de",
  "evil点com",
  "evil com",
  "evil\u200b.com",
  "evil.\u200dcom",
  "ev\u00adil.c\u2060om",
  "evil.com\ufeff",
  "\u202emoc.live",
  "\u202emoc.live\u202c Mira",
  "\u2066evil.com\u2069",
  "evil.c\u0337o\u0337m\u0337",
  "еvіl.соm",
  "пример.рф",
  "例子.中国",
  "xn--e1afmkfd.xn--p1ai",
  "evil.рф",
  "192.168.0.1",
  "localhost:3000//x",
  "javascript:alert(1)",
  "mailto:x",
  "tel:123",
  "+1 (555) 010-9999",
  "Call 0800 123 456",
  "0800123456",
  "０８００１２３４５６",
  "٠٨٠٠١٢٣٤٥٦",
  "5️⃣5️⃣5️⃣0️⃣1️⃣0️⃣0️⃣",
  "①②③④⑤⑥⑦",
  "five five five oh one oh oh",
  "一三八零零一三八零零零",
  "Ana\nhttps://evil.example",
];

describe("a name that speaks with the shop's voice", () => {
  it.each(SPEAKING)("%j is not shown: the masked address is", (name) => {
    expect(firstNameOf(name)).toBeNull();
    expect(friendLabel({ name, email: "mira@example.com" })).toBe("m•••@example.com");
    expect(shownName({ name, email: "mira@example.com" })).toBe("m•••@example.com");
    expect(shownName({ name, email: null })).toBeNull();
    expect(colleagueName({ name, email: "mira@example.com" })).toBe("m•••@example.com");
    expect(cleanAlias(name)).toBeNull();
    expect(shownAlias(name)).toBeNull();
  });

  it("is found wherever in it an address stands", () => {
    const filler = fc.stringMatching(/^[A-Za-z]{0,8}$/);
    const address = fc.constantFrom("evil.com", "www.evil", "a@b.io", "evil dot com", "0800 12345");
    const unseen = fc.constantFrom("", "\u200b", "\u202e", "\u00ad", "\ufeff", "\u2066");
    fc.assert(
      fc.property(filler, unseen, address, filler, (before, hidden, contact, after) => {
        const name = `${before} ${contact.split("").join(hidden)} ${after}`;
        expect(firstNameOf(name)).toBeNull();
      }),
    );
  });
});

describe("a name", () => {
  it("is one short line of what can be seen, whatever was typed", () => {
    expect(firstNameOf("Eve\r\nBcc: all")).toBe("Eve");
    expect(firstNameOf("\u202eMira")).toBe("Mira");
    expect(firstNameOf("\u3164\u200b ")).toBeNull();
    expect(firstNameOf("!!!")).toBeNull();
    expect(firstNameOf("x".repeat(200))).toBe(`${"x".repeat(39)}…`);
    expect(firstNameOf("👩‍👩‍👧".repeat(30) + "a")!.length).toBeLessThanOrEqual(40);
    expect(firstNameOf(`Z${"\u0337".repeat(60)}oe`)).toBe("Z\u0337\u0337\u0337oe");
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 80 }), (name) => {
        const first = firstNameOf(name);
        if (first === null) return;
        expect(first.length).toBeLessThanOrEqual(40);
        expect(first).not.toMatch(/[\s\p{C}]/u);
      }),
    );
  });

  it("takes no time, however it is built", () => {
    const began = performance.now();
    for (const part of ["a.", "1 ", "dot ", "a . ", "·", "\u0337", "one "])
      firstNameOf(part.repeat(2_000));
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it("that nobody gave shows no address where a friend need not have one", () => {
    expect(shownName({ name: null, email: "mira@example.com" })).toBeNull();
    expect(friendLabel({ name: null, email: "mira@example.com" })).toBe("m•••@example.com");
    expect(colleagueName({ name: "Vera Linde", email: "vera@example.com" })).toBe("Vera Linde");
    expect(shownAlias("Ana from the harbour")).toBe("Ana from the harbour");
    expect(shownAlias(null)).toBeNull();
  });
});

/** What others than staff read: pages, pictures, and every email. */
const READ_BY_OTHERS = [
  "app/i",
  "app/refer",
  "app/unsubscribe",
  "components/invite",
  "components/refer",
  "components/shop",
  "lib",
].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|testing/.test(path))
    .map((path) => `${folder}/${path}`)
    .filter((path) => !path.startsWith("lib/customers/rules/"))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }))
    .filter(({ path, text }) => !path.startsWith("lib/") || /queue(?:User)?Messages?\(/.test(text)),
);

/** Lines of these files that show a name in another way. */
function otherWays(pattern: RegExp): string[] {
  return READ_BY_OTHERS.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map(([found]) => `${path}: ${found.replace(/\s+/g, " ")}`),
  );
}

describe("names are shown in one way", () => {
  it("looks at the places where they are", () => {
    const paths = READ_BY_OTHERS.map(({ path }) => path);
    for (const place of [
      "app/i/[code]/load.ts",
      "app/refer/[program]/friends/friends-section.tsx",
      "lib/referrals/commands/announce-friend-joined.ts",
      "lib/nominations/commands/ask-advocate.ts",
      "lib/auth/sign-in/invitation.ts",
    ])
      expect(paths).toContain(place);
  });

  it("hands no email and no page a name that was not decided here", () => {
    const shower = "(?:firstNameOf|shownName|friendLabel|colleagueName)\\(|inviter \\?";
    const field = "\\b(?:friendName|advocateName|invitedBy|readerName|inviter)(?::| =)\\s*";
    const types = "(?:string|null|\\{ name)";
    expect(otherWays(new RegExp(`${field}(?!\\s|${types}|${shower}|await ).+`, "g"))).toEqual([]);
  });

  it("reads no customer's name past them", () => {
    const person = "\\b(?:customer|friend|advocate|inviter|nominator)\\.name\\b";
    expect(otherWays(new RegExp(`(?<!firstNameOf\\(|advocate, )${person}`, "g"))).toEqual([]);
    expect(otherWays(/[nN]ame\w*\)?\??\.(?:trim\(\)\.)?split\(/g)).toEqual([]);
  });

  it("masks no address by itself, but the reader's own", () => {
    const own = "app/unsubscribe/[token]/page.tsx";
    expect(otherWays(/maskEmail\(/g).filter((line) => !line.startsWith(own))).toEqual([]);
  });
});
