import { beforeAll, describe, expect, it } from "vitest";
import { DAY_MS, systemNow } from "@/lib/core/time";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant, testSandbox } from "@/lib/merchants/testing";
import { click } from "./click";
import type { HotResponse } from "./http";
import { clickRequest, createTestLinks } from "../testing";

let shop: Scope;

beforeAll(async () => {
  shop = await createTestMerchant();
});

const fromNow = (days: number) => new Date(systemNow().getTime() + days * DAY_MS).toISOString();
const location = (answer: HotResponse) => String(answer.headers.location);
const visitorCookie = (answer: HotResponse) => String(answer.headers["set-cookie"]).split(";")[0]!;

async function clicks(scope: Scope, programId: string) {
  return inScope(scope, ({ db, merchantId }) =>
    db.event.findMany({
      where: { merchantId, programId, type: "click" },
      include: { inbox: true },
      orderBy: { id: "asc" },
    }),
  );
}

describe("a click on a live link", () => {
  it("is kept before the answer, and leads to the invite page with it", async () => {
    const {
      programId,
      codes: [code],
      advocateIds: [advocateId],
    } = await createTestLinks(shop, { windowDays: 45 });
    const answer = await click(
      clickRequest(
        code!.toLowerCase(),
        {
          referer: "https://chat.example.com/room/7?secret=1",
          "accept-language": "sq-AL,en;q=0.5",
        },
        "c=whatsapp",
      ),
    );
    const [row, ...others] = await clicks(shop, programId);
    expect(others).toEqual([]);
    expect(answer).toMatchObject({ status: 302, headers: { "cache-control": "no-store" } });
    expect(location(answer)).toBe(`/i/${code}?click=${row!.id}`);
    expect(row).toMatchObject({
      id: expect.stringMatching(/^clk_/),
      type: "click",
      source: "click",
      channel: "whatsapp",
      programId,
      advocateId,
      inbox: null,
      body: { code, device: "mobile", referrer: "chat.example.com", locale: "sq-AL" },
    });
    expect(JSON.stringify(row!.body)).not.toContain("192.0.2.1");
    expect(answer.headers["set-cookie"]).toBe(
      `gw_v=${row!.visitorId}; Path=/; Max-Age=${45 * 86_400}; HttpOnly; SameSite=Lax`,
    );
  });

  it("keeps the link's campaign and passes it on, also of a link out of a sentence", async () => {
    const {
      programId,
      codes: [code],
    } = await createTestLinks(shop, {});
    const campaign =
      "utm_source=newsletter&utm_campaign=may%00&gclid=Cj0KCQ_a-1&next=//evil.example";
    const answer = await click(clickRequest(`${code}).`, {}, `c=copy&${campaign}&fbclid=IwAR0.`));
    const [row] = await clicks(shop, programId);
    expect(row).toMatchObject({
      channel: "copy",
      body: {
        code,
        context: { source: "newsletter", campaign: "may" },
        properties: { utm_source: "newsletter", utm_campaign: "may", gclid: "Cj0KCQ_a-1" },
      },
    });
    const landing = new URL(location(answer), "https://goodword.example");
    expect(landing.pathname).toBe(`/i/${code}`);
    expect(Object.fromEntries(landing.searchParams)).toEqual({
      click: row!.id,
      utm_source: "newsletter",
      utm_campaign: "may",
      gclid: "Cj0KCQ_a-1",
      fbclid: "IwAR0",
    });
  });

  it("is not there for an address that cannot be read", async () => {
    for (const escape of ["%zz", "ANNA%", "%E0%A4%A"])
      expect(await click(clickRequest(escape))).toMatchObject({ status: 404 });
  });

  it("leads to the shop where the terms say so", async () => {
    const destination = {
      kind: "shop",
      url: "https://shop.example.com/welcome?from=friend",
    } as const;
    const {
      programId,
      codes: [code],
    } = await createTestLinks(shop, { destination });
    const answer = await click(
      clickRequest(code!, {}, "next=https://elsewhere.example.com&url=//elsewhere.example.com"),
    );
    const [row] = await clicks(shop, programId);
    expect(location(answer)).toBe(
      `https://shop.example.com/welcome?from=friend&code=${code}&click=${row!.id}`,
    );
  });

  it("counts a visitor once in half an hour, and each visitor by itself", async () => {
    const {
      programId,
      codes: [code],
    } = await createTestLinks(shop);
    const first = await click(clickRequest(code!));
    const cookie = visitorCookie(first);
    const again = await click(clickRequest(code!, { cookie: `a=b; ${cookie}` }));
    await click(clickRequest(code!));
    const rows = await clicks(shop, programId);
    // Half an hour may end between two of these clicks; then the second is a new one.
    expect([2, 3]).toContain(rows.length);
    expect(visitorCookie(again)).toBe(cookie);
    if (rows.length === 2) expect(location(again)).toBe(location(first));
  });

  it("counts a rush of one visitor once and of many each, in one go", async () => {
    const { programId, codes } = await createTestLinks(shop, { links: 3 });
    const cookie = `gw_v=${"V".repeat(22)}`;
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_, turn) =>
        click(clickRequest(codes[turn % 3]!, turn % 2 ? { cookie } : {})),
      ),
    );
    const rows = await clicks(shop, programId);
    expect([78, 81]).toContain(rows.length);
    const ids = new Set(rows.map((row) => row.id));
    for (const answer of answers) expect(ids.has(location(answer).split("click=")[1]!)).toBe(true);
  });
});

describe("what is no click", () => {
  it.each([
    ["a HEAD", { method: "HEAD" }, {}],
    ["a preview", {}, { "user-agent": "WhatsApp/2.23.20.0 A" }],
    [
      "a bot",
      {},
      { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" },
    ],
    ["a prefetch", {}, { "sec-purpose": "prefetch" }],
    ["nobody", {}, { "user-agent": "" }],
  ])("%s is led on, and leaves nothing", async (_, change, headers) => {
    const {
      programId,
      codes: [code],
    } = await createTestLinks(shop);
    const answer = await click({ ...clickRequest(code!, headers), ...change });
    expect(answer.status).toBe(302);
    expect(location(answer)).toBe(`/i/${code}`);
    expect(answer.headers).not.toHaveProperty("set-cookie");
    expect(await clicks(shop, programId)).toEqual([]);
  });

  it.each([
    ["a draft", { state: "draft" }],
    ["a paused one", { state: "paused" }],
    ["an ended one", { state: "ended" }],
    ["one that begins tomorrow", { startsAt: fromNow(1) }],
    ["one that ended yesterday", { endsAt: fromNow(-1) }],
  ] as const)("on %s: a kind page, nothing kept", async (_, program) => {
    const {
      programId,
      codes: [code],
    } = await createTestLinks(shop, {
      ...program,
      destination: { kind: "shop", url: "https://shop.example.com" },
    });
    const answer = await click(clickRequest(code!));
    expect(answer.status).toBe(302);
    expect(location(answer)).toBe(`/i/${code}`);
    expect(await clicks(shop, programId)).toEqual([]);
  });

  it("on an unknown or impossible code: a kind page", async () => {
    expect(location(await click(clickRequest("NO-SUCH-CODE")))).toBe("/i/NO-SUCH-CODE");
    expect(location(await click(clickRequest("%2e%2e%2fadmin")))).toBe("/i/unknown");
    expect(location(await click(clickRequest("a\r\nset-cookie: x=1")))).toBe("/i/unknown");
  });
});

it("goes by a sandbox's own clock", async () => {
  const sandbox = await testSandbox(shop);
  const ending = await createTestLinks(sandbox, { endsAt: fromNow(10) });
  const beginning = await createTestLinks(sandbox, { startsAt: fromNow(10) });
  await click(clickRequest(ending.codes[0]!));
  await click(clickRequest(beginning.codes[0]!));
  await inScope(sandbox, ({ db, merchantId }) =>
    db.merchant.update({ where: { id: merchantId }, data: { clockOffsetMs: BigInt(11 * DAY_MS) } }),
  );
  await click(clickRequest(ending.codes[0]!));
  await click(clickRequest(beginning.codes[0]!));
  expect(await clicks(sandbox, ending.programId)).toHaveLength(1);
  const [later] = await clicks(sandbox, beginning.programId);
  expect(later!.occurredAt.getTime()).toBeGreaterThan(systemNow().getTime() + 10 * DAY_MS);
});
