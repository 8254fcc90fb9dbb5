import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupWriter } from "./group-writer";

type Row = { value: number; isBad?: boolean };

const dataError = () => Object.assign(new Error("bad row"), { code: "22P05" });
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A table that refuses a whole statement when one of its rows is bad, like a database. */
function table({ failures = [] as string[] } = {}) {
  const rows: number[] = [];
  const statements: number[] = [];
  return {
    rows,
    statements,
    write: async (batch: readonly Row[]) => {
      statements.push(batch.length);
      await tick();
      const failure = failures.shift();
      if (failure) throw Object.assign(new Error(failure), { code: failure });
      if (batch.some((row) => row.isBad)) throw dataError();
      rows.push(...batch.map((row) => row.value));
      return batch.map((row) => `kept ${row.value}`);
    },
  };
}

describe("groupWriter", () => {
  it("keeps every row that it answers, and every good row, whatever is bad beside it", async () => {
    const requests = fc.array(
      fc.record({
        rows: fc.array(fc.record({ isBad: fc.boolean() }), { maxLength: 8 }),
        pause: fc.boolean(),
      }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(requests, fc.integer({ min: 1, max: 3 }), async (plan, lanes) => {
        const store = table();
        const writer = groupWriter<Row, string>({
          write: store.write,
          weigh: () => 1,
          lanes,
          maxStatementRows: 10,
        });
        let value = 0;
        const answered: Promise<void>[] = [];
        for (const { rows, pause } of plan) {
          const mine = rows.map((row) => ({ ...row, value: value++ }));
          answered.push(
            writer.add(mine).then((answers) => {
              expect(answers).toEqual(mine.map((row) => (row.isBad ? null : `kept ${row.value}`)));
              for (const row of mine) expect(store.rows.includes(row.value)).toBe(!row.isBad);
            }),
          );
          if (pause) await tick();
        }
        await Promise.all(answered);
        expect(new Set(store.rows).size).toBe(store.rows.length);
      }),
      { numRuns: 200 },
    );
  });

  it("collects what arrives while a write is under way", async () => {
    const store = table();
    const writer = groupWriter<Row, string>({ write: store.write, weigh: () => 1 });
    await Promise.all(Array.from({ length: 100 }, (_, value) => writer.add([{ value }])));
    expect(store.statements).toEqual([1, 99]);
  });

  it("bounds a statement in rows and in weight, but lets one large request through", async () => {
    const store = table();
    const writer = groupWriter<Row, string>({
      write: store.write,
      weigh: ({ value }) => value,
      maxStatementRows: 3,
      maxStatementWeight: 10,
    });
    const one = (value: number) => writer.add([{ value }]);
    await Promise.all([
      one(0),
      one(1),
      one(1),
      one(1),
      one(1),
      one(9),
      one(5),
      writer.add(Array(7).fill({ value: 1 })),
    ]);
    expect(store.statements).toEqual([1, 3, 2, 1, 7]);
  });

  it("turns away what does not fit into the queue, and takes more once there is room", async () => {
    const store = table();
    const writer = groupWriter<Row, string>({
      write: store.write,
      weigh: () => 10,
      maxQueuedRows: 4,
      maxQueuedWeight: 50,
    });
    const first = writer.add([{ value: 0 }]);
    const queued = writer.add(Array(4).fill({ value: 1 }));
    await expect(writer.add([{ value: 2 }])).rejects.toMatchObject({
      code: "overloaded",
      status: 503,
    });
    await Promise.all([first, queued]);
    await expect(writer.add([{ value: 3 }])).resolves.toEqual(["kept 3"]);
    expect(store.rows).toEqual([0, 1, 1, 1, 1, 3]);
  });

  it("tries again after a deadlock", async () => {
    const store = table({ failures: ["40P01", "40P01"] });
    const writer = groupWriter<Row, string>({ write: store.write, weigh: () => 1 });
    await expect(writer.add([{ value: 1 }])).resolves.toEqual(["kept 1"]);
  });

  it("does not answer for a database that is away, and works again once it is back", async () => {
    const store = table({ failures: ["ECONNREFUSED"] });
    const failures: unknown[] = [];
    const writer = groupWriter<Row, string>({
      write: store.write,
      weigh: () => 1,
      onFailure: (error) => failures.push(error),
    });
    await expect(writer.add([{ value: 1 }])).rejects.toMatchObject({ code: "overloaded" });
    expect(failures).toHaveLength(1);
    await expect(writer.add([{ value: 2 }])).resolves.toEqual(["kept 2"]);
  });

  it("answers nothing for nothing", async () => {
    const store = table();
    await expect(
      groupWriter<Row, string>({ write: store.write, weigh: () => 1 }).add([]),
    ).resolves.toEqual([]);
    expect(store.statements).toEqual([]);
  });
});
