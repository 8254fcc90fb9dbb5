import { commandLine, isAlive, parentOf } from "./processes";

/**
 * Shuts this process down cleanly: on SIGTERM, on SIGINT, and when the process that started it
 * (with a channel between them) is gone. `stop` gets `graceMs`; a second signal, or the end of that
 * time, ends it at once.
 */
export function shutDownOnSignal(stop: () => Promise<void>, graceMs = 20_000): void {
  let ending = false;
  const end = (code: number) => {
    if (ending) process.exit(1);
    ending = true;
    setTimeout(() => process.exit(1), graceMs).unref();
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        report(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => end(0));
  process.on("SIGINT", () => end(0));
  if (process.channel) process.on("disconnect", () => end(0));
}

/**
 * Ends this process when the npm that started it is gone: npm may be killed alone, and sends no
 * signal on.
 */
export function endWithNpm(): void {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return;
  // npm starts a shell for the script, which may or may not have made room for us.
  const isShell = /^\S*sh -c /.test(commandLine(process.ppid) ?? "");
  const npm = isShell ? parentOf(process.ppid) : process.ppid;
  if (!npm) return;
  setInterval(() => {
    if (!isAlive(npm)) process.kill(process.pid, "SIGTERM");
  }, 1_000).unref();
}

/**
 * Prints why something failed: the message of a plain Error, which is one of ours; of any other
 * fault, everything.
 */
export function report(error: unknown): void {
  console.error(error instanceof Error && error.constructor === Error ? error.message : error);
}

/** Prints why something failed, and ends the process with code 1. */
export function exitWithError(error: unknown): never {
  report(error);
  process.exit(1);
}
