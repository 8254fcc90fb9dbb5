import { refresh } from "next/cache";
import { unstable_rethrow } from "next/navigation";
import { z } from "zod";
import { type ActionResult, failed, fieldErrorsFrom, succeeded } from "@/lib/core/action-result";
import { DomainError, isPassing, isUniqueViolation, notFound } from "@/lib/core/errors";
import { log, noteRefusal } from "@/lib/core/log";
import type { MemberPermission } from "@/lib/merchants/rules/roles";
import { requirePermission, type Scope } from "@/lib/merchants/scope";
import { type CustomerEntry, customerScope } from "./customer";
import { readForm } from "./form-data";
import { type CurrentUser, currentUser, memberEntry } from "./member";
import { consume, type Limit } from "./rate-limit";
import { clientAddress, currentPath } from "./request";

/** The schema of a form: fixed, or made for the merchant (its currency, its time zone). */
type SchemaFor<S extends z.ZodType> = S | ((scope: Scope) => S);

/**
 * A server action of the dashboard. Bind it to the shop of the page, `saveX.bind(null,
 * merchantSlug)`; who acts comes from the session, never from the form.
 * @param permission what the member's role must allow; null for what every member may do
 */
export function merchantAction<S extends z.ZodType, T>(
  schema: SchemaFor<S>,
  permission: MemberPermission | null,
  run: (scope: Scope, input: z.output<S>) => Promise<T>,
) {
  const action = async (
    merchantSlug: string,
    _previous: ActionResult<T> | null,
    form: FormData,
  ): Promise<ActionResult<T>> =>
    answering(async () => {
      const entry = await memberEntry(String(merchantSlug));
      if (entry.kind === "signed_out") throw signedOut();
      if (entry.kind === "not_found") throw notFound("shop");
      if (entry.kind === "needs_two_step") throw needsTwoStep();
      if (permission) requirePermission(entry.scope, permission);
      await consume("action", entry.scope.actor.id);
      const parsed = parseForm(typeof schema === "function" ? schema(entry.scope) : schema, form);
      if (!parsed.success) return invalid(parsed.error);
      const data = await run(entry.scope, parsed.data);
      refresh();
      return succeeded(data);
    });
  // Read by the test that calls every action as every role.
  return Object.assign(action, { guardedBy: permission });
}

/** A server action about the signed-in user's own account, in no shop. */
export function userAction<S extends z.ZodType, T>(
  schema: S,
  run: (user: CurrentUser, input: z.output<S>) => Promise<T>,
) {
  return async (_previous: ActionResult<T> | null, form: FormData): Promise<ActionResult<T>> =>
    answering(async () => {
      const user = await currentUser();
      if (!user) throw signedOut();
      await consume("account", user.id);
      const parsed = parseForm(schema, form);
      if (!parsed.success) return invalid(parsed.error);
      const data = await run(user, parsed.data);
      refresh();
      return succeeded(data);
    });
}

/** A server action of a signed-in customer. Bind it to the program of the page. */
export function customerAction<S extends z.ZodType, T>(
  schema: S,
  run: (scope: Scope, input: z.output<S>, entry: CustomerEntry) => Promise<T>,
) {
  return async (
    programSlug: string,
    _previous: ActionResult<T> | null,
    form: FormData,
  ): Promise<ActionResult<T>> =>
    answering(async () => {
      const entry = await customerScope(String(programSlug));
      if (!entry) throw signedOut();
      await consume("share", entry.customerId);
      const parsed = parseForm(schema, form);
      if (!parsed.success) return invalid(parsed.error);
      const data = await run(entry.scope, parsed.data, entry);
      refresh();
      return succeeded(data);
    });
}

/** A server action that anyone may call; `limit` names its rate limit per client address. */
export function publicAction<S extends z.ZodType, T>(
  schema: S,
  limit: Limit,
  run: (input: z.output<S>, request: { address: string }) => Promise<T>,
) {
  return async (_previous: ActionResult<T> | null, form: FormData): Promise<ActionResult<T>> =>
    answering(async () => {
      const address = await clientAddress();
      const parsed = parseForm(schema, form);
      if (!parsed.success) return invalid(parsed.error);
      await consume(limit, address);
      return succeeded(await run(parsed.data, { address }));
    });
}

function parseForm<S extends z.ZodType>(
  schema: S,
  form: FormData,
): z.ZodSafeParseResult<z.output<S>> {
  // Actions are reachable by anyone who can send a request: what arrives need not come from our
  // form.
  if (!(form instanceof FormData)) throw new DomainError("invalid_request", "Invalid form.");
  return schema.safeParse(readForm(form));
}

function invalid(error: z.ZodError): ActionResult<never> {
  const fields = fieldErrorsFrom(error.issues);
  const general = error.issues.find((issue) => issue.path.length === 0)?.message;
  return failed(general ?? "Please check the highlighted fields.", fields, "invalid_request");
}

function needsTwoStep(): DomainError {
  return new DomainError(
    "forbidden",
    "This shop asks for two-step sign-in. Set it up on your account page first.",
  );
}

function signedOut(): DomainError {
  return new DomainError("unauthenticated", "You are signed out. Sign in and try again.");
}

/** Turns what `work` throws into a failure; redirects and the like pass through to Next. */
async function answering<T>(work: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await work();
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof DomainError) {
      noteRefusal(error.code, { path: await currentPath(), actor: (await currentUser())?.id });
      return failed(error.message, error.path ? { [error.path]: error.message } : {}, error.code);
    }
    // From a command that can parse a part of its input only once it knows the merchant.
    if (error instanceof z.ZodError) return invalid(error);
    if (isUniqueViolation(error)) return failed("This already exists. Reload the page.");
    log.error({ err: error }, "an action failed");
    if (isPassing(error))
      return failed("The database does not answer at the moment. Try again in a moment.");
    return failed("Something went wrong on our side. Nothing was changed. Try again in a moment.");
  }
}
