import { DomainError } from "@/lib/core/errors";
import type { Scope } from "../scope";

/**
 * Refuses changes of team and settings in a sandbox, which shares those of its merchant.
 * @throws DomainError conflict in a sandbox
 */
export function refuseSandbox(scope: Scope): void {
  if (scope.isSandbox) {
    throw new DomainError(
      "conflict",
      "Test mode shares this setting with the shop. Leave test mode to change it.",
    );
  }
}
