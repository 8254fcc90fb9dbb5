import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { ALLOCATOR, NODE_FLAGS } from "./node-flags";
import { endProcess } from "./processes";

/** A process that is kept running. `pid` is that of the present one. */
export type Supervised = {
  pid: () => number | undefined;
  ready: Promise<void>;
  stop: () => Promise<void>;
};

const FIRST_PAUSE_MS = 500;
/** With the seconds of a start, whatever is killed again and again is back within ten. */
const LONGEST_PAUSE_MS = 4_000;
/** A process that ran this long was all right: the next pause is the first one again. */
const STEADY_MS = 60_000;

/**
 * Runs a TypeScript program as a process of its own and starts it again when it ends, after a pause
 * that doubles. The program says `{ ready: true }` over its channel to us, and ends when that
 * channel closes, even by our kill -9.
 * @param logFile where its output goes
 * @param onStart called after each start, when `pid` has changed
 * @returns `ready` rejects with the end of the output if the first start fails
 */
export function supervise(
  name: string,
  script: string,
  env: NodeJS.ProcessEnv,
  logFile: string,
  onStart: () => void,
): Supervised {
  let child: ChildProcess | undefined;
  let stopping = false;
  let pause = FIRST_PAUSE_MS;
  let wasReady = false;

  const ready = new Promise<void>((resolve, reject) => {
    const start = (fresh: boolean) => {
      const startedAt = performance.now();
      const log = openSync(logFile, fresh ? "w" : "a");
      child = spawn(process.execPath, [...NODE_FLAGS, script], {
        env: { ...env, ...ALLOCATOR },
        stdio: ["ignore", log, log, "ipc"],
        // Ctrl-C reaches a whole process group; we stop our children ourselves, in order.
        detached: true,
      });
      closeSync(log);
      setImmediate(onStart);
      child.once("message", () => {
        wasReady = true;
        resolve();
      });
      child.once("exit", (code, signal) => {
        if (stopping) return;
        if (!wasReady)
          return reject(
            new Error(`The ${name} did not start. The end of ${logFile}:\n${tail(logFile)}`),
          );
        if (performance.now() - startedAt > STEADY_MS) pause = FIRST_PAUSE_MS;
        console.error(
          `The ${name} ended (${signal ?? code}). It starts again in ${pause / 1000} s.`,
        );
        void sleep(pause).then(() => !stopping && start(false));
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      });
    };
    start(true);
  });

  return {
    pid: () => child?.pid,
    ready,
    stop: async () => {
      stopping = true;
      if (child?.pid && child.exitCode === null && child.signalCode === null) {
        await endProcess(child.pid, ["SIGTERM", "SIGKILL"], 25_000);
      }
    },
  };
}

function tail(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-15).join("\n");
}
