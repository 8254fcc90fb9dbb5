import { z } from "zod";
import type { GeneratedRequest } from "./requests";

type Answered = { status: number; type: string | null; text: string };

const refusal = z.object({
  error: z.object({
    code: z.string().min(1),
    message: z.string().min(1),
    path: z.string().optional(),
    docs: z.string().startsWith("/docs/"),
  }),
});

/**
 * What is wrong with an answer, whatever was asked: a fault of ours, words of somebody else's, a
 * stack, or from the API a refusal without its reason.
 * @param options.foreign words that stand in another tenant's rows and nowhere else
 * @returns null if nothing is
 */
export function complaintAbout(
  { method }: GeneratedRequest,
  { status, type, text }: Answered,
  { foreign, isApi }: { foreign: readonly string[]; isApi: boolean },
): string | null {
  if (status >= 500) return `answers ${status}`;
  const told = foreign.find((word) => text.includes(word));
  if (told) return `tells of "${told}"`;
  if (/node_modules|node:internal|\bat [\w.]+ \(/.test(text)) return "shows a stack";
  if (!isApi || status < 400 || method === "HEAD") return null;
  if (!/\bjson\b/.test(type ?? "")) return `refuses with ${status} as ${type}`;
  const read = refusal.safeParse(parsed(text));
  return read.success ? null : `refuses with ${status} and no error: ${text.slice(0, 200)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
