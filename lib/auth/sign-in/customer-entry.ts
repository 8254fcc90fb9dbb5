import { z } from "zod";
import { publicUrl } from "@/lib/core/address";
import { prismaFor } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import { type Locale, matchLocale } from "@/lib/core/i18n/locales";
import { upsertPerson } from "@/lib/pipeline/merge/commands";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { issueToken, spendToken } from "./login-token";
import { verifyMerchantToken } from "./merchant-token";
import { consume } from "../rate-limit";
import { keepCustomerSession, openCustomerSession, type Proof } from "../session/customer-session";
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
}): Promise<string> {
  const { program, email, locale } = input;
  await consume("link_email", `${program.merchantId} ${email}`);
  const token = await issueToken(prismaFor("goodword_app"), {
    purpose: "customer",
    email,
    payload: { programId: program.id, locale },
  });
  return publicUrl(`/refer/${program.slug}/enter?token=${token}`);
}

/**
 * Signs a person in with their email link, which works once.
 * @throws DomainError unauthenticated for a link that was used, has expired or is another program's,
 * where it stays unused
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
 * Signs in a customer whom the merchant's backend vouches for.
 * @throws DomainError unauthenticated for an invalid token
 */
export async function enterWithMerchantToken(programSlug: string, token: string): Promise<Entered> {
  const { program } = await need(programSlug);
  const verified = await verifyMerchantToken(token, program);
  const { scope, externalId, email, name, locale, keyId } = verified;
  const person = { externalId, email, ...(name ? { name } : {}), ...localeIn({ locale }) };
  return enter(scope, person, { keyId });
}

/** Left out if the language is not supported, so that the one on record stays. */
function localeIn({ locale }: { locale: string | null }): { locale?: Locale } {
  const known = locale ? matchLocale(locale) : null;
  return known ? { locale: known } : {};
}

type Person = { externalId?: string; email: string; name?: string; locale?: Locale };

async function enter(scope: Scope, person: Person, proof: Proof): Promise<Entered> {
  const { customerId, token } = await inScope(scope, async (tx) => {
    const { customer } = await upsertPerson(tx, { ...person, seenAt: scopeNow(tx) });
    const token = await openCustomerSession(tx, { customerId: customer.id, ...proof });
    return { customerId: customer.id, token };
  });
  await keepCustomerSession(token);
  return { merchantId: scope.merchantId, customerId, locale: person.locale ?? null };
}

async function need(programSlug: string) {
  const visitor = await visitorOfProgram(programSlug);
  if (!visitor) throw notFound("program");
  return visitor;
}
