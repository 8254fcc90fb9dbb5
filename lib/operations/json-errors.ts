import type { ServerResponse } from "node:http";
import { apiErrorBody } from "@/lib/core/api-error";
import { codeOfStatus } from "@/lib/core/errors";
import { replaceAnswer } from "./answers/replaced-answers";

/** True for the addresses that promise JSON whatever happens. */
export function isApiAddress(url = ""): boolean {
  return /^\/api(?:[/?]|$)/.test(url);
}

/**
 * Lets a response that is about to refuse say so in the error body of the API, where what refuses
 * knows nothing of it: Next itself, for a method that a route does not have or an address that
 * cannot be read. A refusal that is JSON stays as it is.
 */
export function keepErrorsJson(response: ServerResponse): void {
  replaceAnswer(response, (status, type) =>
    status < 400 || /\bjson\b/.test(type)
      ? null
      : {
          status,
          type: "application/json; charset=utf-8",
          body: JSON.stringify(apiErrorBody(codeOfStatus(status), messageOf(status))),
        },
  );
}

function messageOf(status: number): string {
  if (status === 404) return "The API has no such address.";
  if (status === 405) return "This address does not take this method.";
  return status >= 500
    ? "Something went wrong on our side. Try again in a moment."
    : "This request cannot be read.";
}
