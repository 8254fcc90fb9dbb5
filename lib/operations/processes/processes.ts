import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Whether a process with this id exists (also when it belongs to another user). */
export function isAlive(pid: number): boolean {
  return hasProcess(pid) && !isZombie(pid);
}

/**
 * As `isAlive`, but a process that has ended and was not collected yet counts too, as it does for
 * PostgreSQL.
 */
export function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * A zombie has ended and only waits to be collected; in a container without an init nobody collects
 * it.
 */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** The command line of a process, or null when it is gone or cannot be read. */
export function commandLine(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim() || null;
  } catch {
    try {
      return (
        execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).trim() ||
        null
      );
    } catch {
      return null;
    }
  }
}

/** The process that a process belongs to, or null when that cannot be found out. */
export function parentOf(pid: number): number | null {
  try {
    return (
      Number(execFileSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" })) || null
    );
  } catch {
    try {
      return (
        Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) || null
      );
    } catch {
      return null;
    }
  }
}

/**
 * Asks again and again (first at once, then every `everyMs`) until `ready` is true; false after
 * `withinMs`.
 */
export async function waitUntil(
  ready: () => boolean | Promise<boolean>,
  { withinMs, everyMs = 50 }: { withinMs: number; everyMs?: number },
): Promise<boolean> {
  const until = performance.now() + withinMs;
  for (;;) {
    if (await ready()) return true;
    if (performance.now() > until) return false;
    await sleep(everyMs);
  }
}

/**
 * Ends a process: sends each signal in turn and gives it `graceMs` to go. Resolves once it is gone.
 * The caller must know that the id is its own: ids are used again by the system.
 */
export async function endProcess(
  pid: number,
  signals: NodeJS.Signals[],
  graceMs: number,
): Promise<void> {
  for (const signal of signals) {
    if (!isAlive(pid)) return;
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await waitUntil(() => !isAlive(pid), { withinMs: graceMs })) return;
  }
}

/** Whether this TCP port can be listened on now. */
export function isPortFree(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** A TCP port that is free now, chosen by the system. */
export function freePort(host = "127.0.0.1"): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object"
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}
