import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { commandLine, isAlive } from "../processes/processes";

/** Holds the id of the process that started this server, and whose it therefore is to stop. */
export const ownerFile = (home: string, serverPid: number) =>
  path.join(home, `postgres.owner.${serverPid}`);

/** Notes that this process started the server, and forgets owners that are gone. */
export function claim(home: string, serverPid: number): void {
  for (const name of readdirSync(home)) {
    if (name.startsWith("postgres.owner.") && !isAlive(Number(name.split(".").pop())))
      rmSync(path.join(home, name));
  }
  writeFileSync(ownerFile(home, serverPid), String(process.pid));
}

/** Whether another process that lives started this server. */
export function isOwned(home: string, serverPid: number): boolean {
  const file = ownerFile(home, serverPid);
  const owner = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  return (
    owner > 0 && owner !== process.pid && isAlive(owner) && !!commandLine(owner)?.includes("node")
  );
}

/**
 * Ends the server when this process is gone, even by kill -9: a shell waits for the pipe from us to
 * close. Returns how to dismiss that shell.
 */
export function endWithUs(serverPid: number): () => Promise<void> {
  if (process.platform === "win32") return async () => {};
  const script = 'cat >/dev/null; kill -INT "$1" 2>/dev/null';
  const watcher = spawn("/bin/sh", ["-c", script, "goodword-postgres-watcher", String(serverPid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
  });
  watcher.unref();
  (watcher.stdin as unknown as { unref: () => void }).unref();
  const gone = new Promise<void>((resolve) =>
    watcher.once("exit", () => resolve()).once("error", () => resolve()),
  );
  return async () => {
    watcher.ref();
    // The group, since the shell's `cat` is a process of its own.
    if (watcher.pid !== undefined && watcher.exitCode === null)
      process.kill(-watcher.pid, "SIGKILL");
    await gone;
  };
}
