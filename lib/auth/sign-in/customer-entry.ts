import { z } from "zod";
import { publicUrl } from "@/lib/core/address";
import { prismaFor } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import { type Locale, matchLocale } from "@/lib/core/i18n/locales";
import { log } from "@/lib/core/log";
import { upsertPerson } from "@/lib/pipeline/merge/commands";
import { systemScope } from "@/lib/merchants/queries/directory";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { issueToken, spendToken } from "./login-token";
import { isMerchantTokenSpent, spendMerchantToken, verifyMerchantToken } from "./merchant-token";
import { limitLink } from "./limits";
import { customerOf, keepCustomerSession, readCustomerToken } from "../session/customer-session";
import { type CustomerToken, openCustomerSession, type Proof } from "../session/open-session";
import { type PublicProgram, visitorOfProgram } from "../visitor";

/**
 * The two ways to sign in to a program's customer page. Both start a session, so call them from an
 * action or a route handler.
 */
export type Entered = { merchantId: string; customerId: string; locale: Locale | null };

const linkPayload = z.object({ programId: z.string(), locale: z.string().nullable() });

/**
 * Makes a one-time sign-in link to a program's page for the owner of an address, who need not be a
 * customer yet. The caller emails it.
 * @param input.locale the supported language that they asked for; null if there is none
 * @throws RateLimited
 */
export async function issueCustomerLink(input: {
  program: PublicProgram;
  email: string;
  locale: Locale | null;
  /** The client's, for the limits. */
  address: string;
}): Promise<string> {
  const { program, email, locale } = input;
  await limitLink(`${program.merchantId} ${email}`, { address: input.address });
  const token = await issueToken(prismaFor("goodword_app"), {
    purpose: "customer",
    email,
    payload: { programId: program.id, locale },
  });
  return publicUrl(`/refer/${program.slug}/enter?token=${token}`);
}

/**
 * Signs a person in with their email link, which works once.
 * @throws DomainError unauthenticated for a link that was used, has expired or is another
 * program's, where it stays unused
 */
export async function enterWithLink(programSlug: string, token: string): Promise<Entered> {
  const { scope, program } = await need(programSlug);
  const of = { programId: program.id };
  const link = await spendToken(prismaFor("goodword_app"), token, "customer", of);
  if (!link) {
    throw new DomainError(
      "unauthenticated",
      "This link was used or has expired. Ask for a new one.",
    );
  }
  const person = { email: link.email, ...localeIn(linkPayload.parse(link.payload)) };
  return enter(scope, person, { email: link.email });
}

/**
 * Signs in a customer whom the merchant's backend vouches for. A token works once; used again where
 * that customer is signed in, it changes nothing.
 * @param options.mayReplace that a session of somebody else in this browser may be replaced
 * @returns null if there is such a session and nobody has confirmed: anybody who has a token of
 * their own could otherwise sign others in with it. The token stays unused
 * @throws DomainError unauthenticated for an invalid or used token
 */
export async function enterWithMerchantToken(
  programSlug: string,
  token: string,
  { mayReplace = false } = {},
): Promise<Entered | null> {
  const { program } = await need(programSlug);
  const verified = await verifyMerchantToken(token, program);
  const { scope, externalId, email, name, locale, keyId } = verified;
  const current = await readCustomerToken();
  const there = await signedInHere(scope, current, { externalId, email });
  if (
    there.as === "them" &&
    (await inScope(scope, (tx) => isMerchantTokenSpent(tx, verified.spent)))
  )
    return { merchantId: scope.merchantId, customerId: there.customerId, locale: null };
  if (there.as === "somebody else" && !mayReplace) {
    await inScope(scope, async (tx) => {
      if (await isMerchantTokenSpent(tx, verified.spent)) throw usedBefore();
    });
    return null;
  }
  const person = { externalId, email, ...(name ? { name } : {}), ...localeIn({ locale }) };
  return enter(scope, person, { keyId }, async (tx) => {
    if (!(await spendMerchantToken(tx, verified.spent))) throw usedBefore();
  });
}

/** Whose sign-in a token is for, to ask before it is used. @throws as `enterWithMerchantToken` */
export async function readMerchantToken(
  programSlug: string,
  token: string,
): Promise<{ email: string }> {
  const { program } = await need(programSlug);
  return verifyMerchantToken(token, program);
}

/** Who is signed in in this browser, beside whom a token of the shop's server names. */
async function signedInHere(
  scope: Scope,
  token: CustomerToken | null,
  { externalId, email }: { externalId: string; email: string },
): Promise<{ as: "nobody" | "somebody else" } | { as: "them"; customerId: string }> {
  if (!token) return { as: "nobody" };
  const { merchantId } = scope;
  if (token.merchantId !== merchantId) {
    const other = await customerOf(await systemScope(token.merchantId), token);
    return { as: other === null ? "nobody" : "somebody else" };
  }
  const customerId = (await customerOf(scope, token))?.customerId;
  if (customerId === undefined) return { as: "nobody" };
  const select = { id: true, mergedIntoId: true } as const;
  const named = await inScope(
    scope,
    async ({ db }) =>
      (await db.customer.findFirst({ where: { merchantId, externalId }, select })) ??
      (await db.customer.findFirst({ where: { merchantId, email, externalId: null }, select })),
  );
  return (named?.mergedIntoId ?? named?.id) === customerId
    ? { as: "them", customerId }
    : { as: "somebody else" };
}

function usedBefore(): DomainError {
  return new DomainError("unauthenticated", "This sign-in token was used before.");
}

/** Left out if the language is not supported, so that the one on record stays. */
function localeIn({ locale }: { locale: string | null }): { locale?: Locale } {
  const known = locale ? matchLocale(locale) : null;
  return known ? { locale: known } : {};
}

type Person = { externalId?: string; email: string; name?: string; locale?: Locale };

async function enter(
  scope: Scope,
  person: Person,
  proof: Proof,
  spend: (tx: Tx) => Promise<void> = async () => {},
): Promise<Entered> {
  const { customerId, token } = await inScope(scope, async (tx) => {
    await spend(tx);
    const provenBy = "keyId" in proof ? "handover" : "email";
    const { customer } = await upsertPerson(tx, { ...person, provenBy, seenAt: scopeNow(tx) });
    const token = await openCustomerSession(tx, { customerId: customer.id, ...proof });
    return { customerId: customer.id, token };
  });
  await keepCustomerSession(token);
  const way = "keyId" in proof ? "token" : "link";
  log.info(
    { event: "customer_sign_in", way, merchantId: scope.merchantId, customerId },
    "signed in",
  );
  return { merchantId: scope.merchantId, customerId, locale: person.locale ?? null };
}

async function need(programSlug: string) {
  const visitor = await visitorOfProgram(programSlug);
  if (!visitor) throw notFound("program");
  return visitor;
}
