import { expect, it } from "vitest";
import { JOBS } from "./jobs";
import type { Job } from "./job-kinds/job";
import { loopsOf, startRounds } from "./rounds";

const job = (name: string, run: Job["run"], more: Partial<Job> = {}): Job => ({
  name,
  schedule: "always",
  onTestClock: false,
  due: null,
  late: null,
  run,
  ...more,
});

it("does email in a loop of its own, and everything else in the order of the list", () => {
  const [work, mail] = loopsOf(JOBS);
  expect(mail!.map(({ name }) => name)).toEqual(["send_emails"]);
  expect([...work!, ...mail!].length).toBe(
    JOBS.filter(({ schedule }) => typeof schedule !== "object").length,
  );
  expect(work![0]!.name).toBe("process_events");
});

it("goes on with work while a server elsewhere keeps email waiting", async () => {
  let answer = () => {};
  const elsewhere = new Promise<void>((resolve) => (answer = resolve));
  const order: string[] = [];
  const jobs = [
    job("email", async () => (await elsewhere, order.push("email"), 0), { waitsForOthers: true }),
    job("work", async () => {
      order.push("work");
      // Only now does the other server answer: in one loop, neither would ever be done.
      if (order.length === 3) answer();
      return 1;
    }),
  ];
  const loops = loopsOf(jobs).map((loop) => startRounds(loop));
  await elsewhere;
  await Promise.all(loops.map((loop) => loop.stop()));
  expect(order.slice(0, 3)).toEqual(["work", "work", "work"]);
  expect(order).toContain("email");
});

it("lets a job that fails stop no other, and sees to the upkeep first", async () => {
  const order: string[] = [];
  let enough = () => {};
  const done = new Promise<void>((resolve) => (enough = resolve));
  const upkeep = { name: "upkeep", keep: async () => void order.push("upkeep") };
  const { stop } = startRounds(
    [
      job("breaks", () => Promise.reject(new Error("away"))),
      job("works", async () => (order.push("works"), enough(), 0)),
    ],
    [upkeep],
  );
  await done;
  await stop();
  expect(order.slice(0, 2)).toEqual(["upkeep", "works"]);
});
