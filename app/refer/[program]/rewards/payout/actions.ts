"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { inReadersWords, reader } from "@/app/reader";
import { customerAction } from "@/lib/auth/action";
import { consume } from "@/lib/auth/rate-limit";
import { type ActionResult, failed } from "@/lib/core/action-result";
import { DomainError } from "@/lib/core/errors";
import {
  confirmDestination,
  removeDestination,
  requestDestination,
} from "@/lib/rewards/destinations/commands";
import { readConfirmToken } from "@/lib/rewards/destinations/rules/confirm-link";
import { confirmSchema, detailsSchema } from "@/lib/rewards/destinations/schema";

const request = customerAction(
  detailsSchema,
  async (scope, details, { customerId, program }): Promise<null> => {
    await consume("payout_details", customerId);
    await requestDestination(scope, { customerId, programSlug: program.slug, details });
    return null;
  },
);

/** Sends the reader a link to confirm where their cash goes. */
export async function requestDetails(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  const result = await request(slug, previous, form);
  if (result.ok || result.code !== "conflict") return inReadersWords(result);
  const { t } = await reader();
  return failed(t("errors.noEmail"), {}, result.code);
}

const confirm = customerAction(
  confirmSchema,
  async (scope, { token }, { customerId, program }): Promise<null> => {
    const what = readConfirmToken(token);
    if (!what) throw new DomainError("not_found", "This link no longer works.");
    await confirmDestination(scope, { ...what, customerId, programSlug: program.slug });
    redirect(`/refer/${program.slug}/rewards/payout`);
  },
);

/** The button behind that link. */
export async function confirmDetails(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  const result = await confirm(slug, previous, form);
  if (result.ok || result.code !== "not_found") return inReadersWords(result);
  const { t } = await reader();
  return failed(t("payout.goneBody"), {}, result.code);
}

const remove = customerAction(
  z.object({}),
  async (scope, _input, { customerId, program }): Promise<null> => {
    await removeDestination(scope, { customerId, programSlug: program.slug });
    return null;
  },
);

/** Nothing is paid out any more until the reader enters other details. */
export async function removeDetails(
  slug: string,
  previous: ActionResult | null,
  form: FormData,
): Promise<ActionResult> {
  return inReadersWords(await remove(slug, previous, form));
}
