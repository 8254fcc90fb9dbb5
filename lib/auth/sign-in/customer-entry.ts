import { z } from "zod";
import { publicUrl } from "@/lib/core/address";
import { prismaFor } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import { type Locale, matchLocale } from "@/lib/core/i18n/locales";
import { upsertPerson } from "@/lib/pipeline/merge/commands";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { issueToken, spendToken } from "./login-token";
import { verifyMerchantToken } from "./merchant-token";
import { consume } from "../rate-limit";
import { startCustomerSession } from "../session";
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
 * @throws DomainError unauthenticated for a link that was used, has expired or is another program's
 */
export async function enterWithLink(programSlug: string, token: string): Promise<Entered> {
  const { scope, program } = await need(programSlug);
  const link = await spendToken(prismaFor("goodword_app"), token, "customer");
  const payload = linkPayload.safeParse(link?.payload);
  if (!link || !payload.success || payload.data.programId !== program.id) {
    throw new DomainError(
      "unauthenticated",
      "This link was used or has expired. Ask for a new one.",
    );
  }
  return enter(scope, { email: link.email, ...localeIn(payload.data) });
}

/**
 * Signs in a customer whom the merchant's backend vouches for.
 * @throws DomainError unauthenticated for an invalid token
 */
export async function enterWithMerchantToken(programSlug: string, token: string): Promise<Entered> {
  const { program } = await need(programSlug);
  const { scope, externalId, email, name, locale } = await verifyMerchantToken(token, program);
  return enter(scope, {
    externalId,
    email,
    ...(name ? { name } : {}),
    ...localeIn({ locale }),
  });
}

/** Left out if the language is not supported, so that the one on record stays. */
function localeIn({ locale }: { locale: string | null }): { locale?: Locale } {
  const known = locale ? matchLocale(locale) : null;
  return known ? { locale: known } : {};
}

type Person = { externalId?: string; email: string; name?: string; locale?: Locale };

async function enter(scope: Scope, person: Person): Promise<Entered> {
  const { customer } = await upsertPerson(scope, { ...person, seenAt: scopeNow(scope) });
  await startCustomerSession({ merchantId: scope.merchantId, customerId: customer.id });
  return { merchantId: scope.merchantId, customerId: customer.id, locale: person.locale ?? null };
}

async function need(programSlug: string) {
  const visitor = await visitorOfProgram(programSlug);
  if (!visitor) throw notFound("program");
  return visitor;
}
