import pino from "pino";
import { afterEach, expect, it, vi } from "vitest";
import { log, noteRefusal, withoutSecrets } from "./log";

afterEach(() => vi.restoreAllMocks());

it("notes refusals that tell of an attack, and holds no token of a link", () => {
  const lines = vi.spyOn(log, "warn").mockImplementation(() => undefined);
  const token = "aB3_".repeat(11);
  noteRefusal("forbidden", { path: `/reset/${token}?next=/admin`, actor: "usr_1" });
  noteRefusal("invalid_request", { path: "/sign-in" });
  expect(lines.mock.calls.map(([line]) => line)).toEqual([
    { event: "refused", code: "forbidden", path: "/reset/[cut]", actor: "usr_1" },
  ]);
  expect(withoutSecrets(`/sign-in/link?token=${token}`)).toBe("/sign-in/link");
});

it("writes no more than so many lines a minute, and counts the rest", () => {
  vi.useFakeTimers({ now: Date.now() + 120_000 });
  const lines = vi.spyOn(log, "warn").mockImplementation(() => undefined);
  for (let turn = 0; turn < 1_000; turn += 1) noteRefusal("rate_limited", { path: "/" });
  expect(lines).toHaveBeenCalledTimes(300);
  vi.setSystemTime(Date.now() + 60_000);
  noteRefusal("rate_limited", { path: "/" });
  expect(lines.mock.calls.map(([line]) => line)).toContainEqual({ event: "refused", unnoted: 700 });
  vi.useRealTimers();
});

it("writes one line for one event, whatever stands in it", () => {
  const { streamSym } = pino.symbols;
  const stream = (log as unknown as Record<symbol, { write(text: string): void }>)[streamSym]!;
  const written = vi.spyOn(stream, "write").mockImplementation(() => undefined);
  log.warn({ who: 'eve\n{"level":30,"msg":"a member signed in"}' }, "a\r\nb");
  expect(written).toHaveBeenCalledTimes(1);
  expect(String(written.mock.calls[0]![0])).toMatch(/^[^\r\n]+\n$/);
});
