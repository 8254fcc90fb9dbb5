import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { readCode, readShareCode } from "@/lib/core/values/code";
import { readEmail } from "@/lib/core/values/email";
import { readId } from "@/lib/core/values/own-id";
import { readPercent } from "@/lib/core/values/percent";
import { customerFilterSchema } from "@/lib/customers/schema";
import { codeOfPath } from "@/lib/events/rules/click";
import { readEvent } from "@/lib/events/rules/read-event";
import type { EventBody } from "@/lib/events/schema";
import { emptyItemForm, itemFormSchema } from "@/lib/loyalty/catalogue/schema/item-form";
import { inviteSchema, merchantSettingsSchema, signUpSchema } from "@/lib/merchants/schema";
import { nominateSchema } from "@/lib/nominations/schema";
import { referFriendSchema } from "@/lib/pipeline/intake/refer-friend";
import { emptyForm, programFormSchema } from "@/lib/programs/forms/program-form";
import { readCodes } from "@/lib/rewards/coupons/rules";
import { postCustomers } from "./api/v1/customers/contract";
import { redeem as postRedemptions } from "./api/v1/redemptions/contract";

/**
 * One value, one reader: whatever somebody writes, every door reads the same out of it, or refuses
 * it as well. The doors that need a database are asked in same-at-every-door.db.test.ts.
 */

type Door<T> = (text: string) => T | null;

function field<S extends z.ZodType>(schema: S, pick: (value: z.output<S>) => unknown) {
  return (value: unknown) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? (pick(parsed.data) as never) : null;
  };
}

function ofEvent(raw: unknown, pick: (body: EventBody) => string | undefined): string | null {
  const context = { asset: "USD/2", now: new Date(), provenance: "server" } as const;
  const event = readEvent(raw, context);
  return "refused" in event ? null : (pick(event.body) ?? null);
}

describe("an email address", () => {
  const signUp = field(signUpSchema.pick({ email: true }), ({ email }) => email);
  const invite = field(inviteSchema, ({ email }) => email);
  const filter = field(customerFilterSchema, ({ email }) => email);
  const customers = field(postCustomers.body!, (body) => (body as { email: string }).email);
  const friend = field(referFriendSchema, (input) => input.friend.email);
  const settings = field(merchantSettingsSchema.shape.supportEmail, (email) => email);
  const doors: Record<string, Door<string>> = {
    event: (email) =>
      ofEvent({ type: "lead", customer: { email } }, (body) => body.customer?.email),
    "sign-up": (email) => signUp({ email }),
    invite: (email) => invite({ email, role: "admin" }),
    "customer filter": (email) => filter({ email }),
    "POST /customers": (email) => customers({ email }),
    "POST /referrals": (email) => friend({ program: "p", code: "C-1", friend: { email } }),
    settings,
  };

  it.each([
    "mira@example.com",
    " Mira@Example.COM ",
    "mira@müller.de",
    "mi\u0308ra@example.com",
    "\u200bmira@example.com\ufeff",
    "a..b@example.com",
    ".a@example.com",
    "a.@example.com",
    "(c)a@example.com",
    "a b@example.com",
    "a\u0007b@example.com",
    "a@b@example.com",
    "a@example",
    "a@1.2.3.4",
    "   ",
    "\u200b",
    "mira",
  ])("%j is read the same at every door", (text) => {
    for (const [name, door] of Object.entries(doors))
      expect(door(text), name).toBe(readEmail(text));
  });
});

describe("an id", () => {
  const customers = field(postCustomers.body!, (body) => (body as { id: string }).id);
  const friend = field(referFriendSchema, (input) => input.friend.id);
  const advocate = field(referFriendSchema, (input) => input.advocate);
  const redemption = field(
    postRedemptions.body!,
    (body) => (body as { customer: string }).customer,
  );
  const order = field(nominateSchema, ({ orderId }) => orderId);
  const purchase = (id: string) => ({
    type: "purchase",
    order: { id, total: "1.00", currency: "USD" },
  });
  const doors: Record<string, Door<string>> = {
    "event, its own": (id) => ofEvent({ type: "lead", id }, (body) => body.id),
    "event, of the customer": (id) =>
      ofEvent({ type: "lead", customer: { id } }, (body) => body.customer?.id),
    "event, of the order": (id) => ofEvent(purchase(id), (body) => body.order?.id),
    "event, of the refunded order": (orderId) =>
      ofEvent({ type: "refund", refund: { orderId } }, (body) => body.refund?.orderId),
    "POST /customers": (id) => customers({ id }),
    "POST /referrals, friend": (id) => friend({ program: "p", code: "C-1", friend: { id } }),
    "POST /referrals, advocate": (id) => advocate({ program: "p", advocate: id, friend: { id } }),
    "POST /redemptions": (customer) => redemption({ item: "i", customer, requestKey: "k" }),
    nomination: (orderId) => order({ said: "Mira", orderId }),
  };

  it.each([
    "c-1",
    "  c-1\t",
    "\u200bc-1\ufeff",
    "c 1",
    "客户7",
    "",
    "   ",
    "\u200b\u2060",
    "\u3164",
    "\u2800",
    "x".repeat(200),
    "x".repeat(201),
  ])("%j is read the same at every door", (text) => {
    for (const [name, door] of Object.entries(doors)) expect(door(text), name).toBe(readId(text));
  });
});

describe("a code", () => {
  const doors: Record<string, Door<string>> = {
    click: (code) => codeOfPath(`/r/${encodeURIComponent(code)}`),
    event: (code) => readCode(ofEvent({ type: "lead", code }, (body) => body.code) ?? ""),
  };

  it.each([
    "MIRA-7K3P",
    " mira-7k3p ",
    "mira – 7k3p",
    "MIRA\u20117K3P",
    "MIRA\u22127K3P",
    "ＭＩＲＡ－７Ｋ３Ｐ",
    "MIRA\u200b-7K3P",
    "mira_7k3p",
    "例子",
    "mira!",
    "\u200b",
  ])("%j is read the same at every door", (text) => {
    for (const [name, door] of Object.entries(doors))
      expect(door(text), name).toBe(readShareCode(text));
  });

  it.each(["SPRING-10", "spring–10", "ＳＰＲＩＮＧ－１０", "SPRING\u200b-10", "spring_10"])(
    "%j is uploaded as it will be read",
    (text) => {
      expect(readCodes(text).codes.map(({ code }) => code)).toEqual([readCode(text)]);
    },
  );
});

describe("a percentage", () => {
  const margin = field(merchantSettingsSchema.shape.marginBp, (basisPoints) => basisPoints);
  const item = field(itemFormSchema, (input) => (input.benefit as Percent).percentBp);
  const program = field(programFormSchema("USD", "UTC"), ({ terms }) => {
    const rule = terms.rules.find(({ side }) => side === "friend");
    return (rule!.benefit as Percent).percentBp;
  });
  type Percent = { percentBp: number };
  const empty = emptyItemForm();
  const doors: Record<string, Door<number>> = {
    "settings, margin": margin,
    "catalogue item": (percent) =>
      item({
        ...empty,
        name: { en: "Tea", sq: "", zh: "" },
        points: "5",
        benefit: { kind: "percent_off", percentBp: percent },
      }),
    "first program": (friendAmount) =>
      program({ ...emptyForm(14), name: "P", friendBenefit: "percent_off", friendAmount }),
  };

  it.each(["10", "12.5", "12,5", "12.57", "1.15", "15%", "15 %", "１５％", "100", "0.01"])(
    "%j is read the same at every door",
    (text) => {
      for (const [name, door] of Object.entries(doors))
        expect(door(text), name).toBe(readPercent(text));
    },
  );

  it.each(["x", "-1", "100.01", "1.234", "1e1", "1000"])("%j is refused at every door", (text) => {
    for (const [name, door] of Object.entries(doors)) expect(door(text), name).toBeNull();
  });
});
