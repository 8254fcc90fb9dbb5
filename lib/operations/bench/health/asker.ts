import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks `/api/health` all the time, as a process of its own: whatever keeps the bench busy must not
 * look as if it kept the product. Told "read", it says how long each answer took since it was told
 * so last, in milliseconds.
 */
const PAUSE_MS = 5;
const url = process.env.HEALTH_URL!;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let waits: number[] = [];
let wrong = 0;

function ask(): Promise<void> {
  return new Promise((resolve) => {
    const sentAt = performance.now();
    const done = (isRight: boolean) => {
      if (!isRight) wrong += 1;
      waits.push(performance.now() - sentAt);
      resolve();
    };
    const asked = request(url, { agent }, (response) => {
      response.resume().once("end", () => done(response.statusCode === 200));
    });
    asked.once("error", () => done(false));
    asked.end();
  });
}

process.on("message", () => {
  process.send?.({ waits, wrong });
  [waits, wrong] = [[], 0];
});
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });
for (;;) {
  await ask();
  await sleep(PAUSE_MS);
}
