import { DomainError, isLostRace } from "@/lib/core/errors";
import { log } from "@/lib/core/log";

/**
 * Group commit: what arrives while a write is under way is collected, and goes into the next
 * statement as soon as that write is done. No timer: under little load a row goes out at once,
 * under much load statements grow.
 */
export type GroupWriter<Row, Answer> = {
  /**
   * Resolves once the rows are committed, with an answer for each in order; null for a row that
   * cannot be stored.
   * @throws DomainError overloaded when the queue is full, or the database cannot be reached: try
   * again later
   */
  add: (rows: readonly Row[]) => Promise<(Answer | null)[]>;
};

export type GroupWriterOptions<Row, Answer> = {
  /**
   * One statement, committed when it resolves; answers by position. May be tried again with the
   * same rows.
   */
  write: (rows: readonly Row[]) => Promise<Answer[]>;
  /** How heavy a row is, in characters: statements and the queue are bounded in this too. */
  weigh: (row: Row) => number;
  /**
   * Called with why a statement failed for another reason than its rows; by default it is logged.
   */
  onFailure?: (error: unknown) => void;
  /** How many statements may be under way at once. */
  lanes?: number;
  maxStatementRows?: number;
  maxStatementWeight?: number;
  maxQueuedRows?: number;
  maxQueuedWeight?: number;
};

type Job<Row, Answer> = {
  rows: readonly Row[];
  weight: number;
  resolve: (answers: (Answer | null)[]) => void;
  reject: (error: unknown) => void;
};

/** Times that a statement is tried again when it lost against another one (a deadlock). */
const RETRIES = 3;

export function groupWriter<Row, Answer>({
  write,
  weigh,
  lanes = 1,
  maxStatementRows = 2_000,
  maxStatementWeight = 8_000_000,
  maxQueuedRows = 20_000,
  maxQueuedWeight = 64_000_000,
  onFailure = (error) => log.error({ err: error }, "storing failed"),
}: GroupWriterOptions<Row, Answer>): GroupWriter<Row, Answer> {
  const queue = new JobQueue<Row, Answer>(
    { rows: maxStatementRows, weight: maxStatementWeight },
    { rows: maxQueuedRows, weight: maxQueuedWeight },
  );
  const writeRows = splittingWriter({ write, onFailure });
  let underWay = 0;

  async function drain(): Promise<void> {
    underWay += 1;
    while (!queue.isEmpty) await store(queue.nextGroup(), writeRows);
    underWay -= 1;
  }

  return {
    add(rows) {
      if (rows.length === 0) return Promise.resolve([]);
      const weight = rows.reduce((sum, row) => sum + weigh(row), 0);
      if (!queue.hasRoomFor(rows.length, weight)) {
        return Promise.reject(
          new DomainError("overloaded", "Too many events at once. Try again shortly."),
        );
      }
      return new Promise((resolve, reject) => {
        queue.push({ rows, weight, resolve, reject });
        if (underWay < lanes) void drain();
      });
    },
  };
}

type Bound = { readonly rows: number; readonly weight: number };

/** What waits for the next statement, in the order it came. */
class JobQueue<Row, Answer> {
  #jobs: Job<Row, Answer>[] = [];
  #rows = 0;
  #weight = 0;
  readonly #statement: Bound;
  readonly #most: Bound;

  /** @param statement how much one statement takes @param most how much may wait in all */
  constructor(statement: Bound, most: Bound) {
    this.#statement = statement;
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#jobs.length === 0;
  }

  hasRoomFor(rows: number, weight: number): boolean {
    return this.#rows + rows <= this.#most.rows && this.#weight + weight <= this.#most.weight;
  }

  push(job: Job<Row, Answer>): void {
    this.#jobs.push(job);
    this.#rows += job.rows.length;
    this.#weight += job.weight;
  }

  /** Takes as many jobs as fit into one statement, in the order they came; at least one. */
  nextGroup(): Job<Row, Answer>[] {
    const jobs = this.#jobs;
    let rows = 0;
    let weight = 0;
    let count = 0;
    for (const job of jobs) {
      rows += job.rows.length;
      weight += job.weight;
      if (count > 0 && (rows > this.#statement.rows || weight > this.#statement.weight)) break;
      count += 1;
    }
    const group = count === jobs.length ? jobs : jobs.slice(0, count);
    this.#jobs = count === jobs.length ? [] : jobs.slice(count);
    for (const job of group) {
      this.#rows -= job.rows.length;
      this.#weight -= job.weight;
    }
    return group;
  }
}

type WriteRows<Row, Answer> = (rows: readonly Row[]) => Promise<(Answer | null)[]>;

/** Writes the rows of several jobs together, and answers each job; never rejects itself. */
async function store<Row, Answer>(
  group: readonly Job<Row, Answer>[],
  writeRows: WriteRows<Row, Answer>,
): Promise<void> {
  const rows = group.length === 1 ? group[0]!.rows : group.flatMap((job) => job.rows);
  try {
    const answers = await writeRows(rows);
    let from = 0;
    for (const job of group) {
      job.resolve(answers.slice(from, from + job.rows.length));
      from += job.rows.length;
    }
  } catch (error) {
    for (const job of group) job.reject(error);
  }
}

/**
 * Writes rows in one statement. One bad row must not take the others with it: a statement that
 * fails over its data is halved until it is found.
 */
function splittingWriter<Row, Answer>({
  write,
  onFailure,
}: {
  write: (rows: readonly Row[]) => Promise<Answer[]>;
  onFailure: (error: unknown) => void;
}): WriteRows<Row, Answer> {
  return async function writeOrSplit(rows: readonly Row[]): Promise<(Answer | null)[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await write(rows);
      } catch (error) {
        const code = (error as { code?: string }).code ?? "";
        if (isLostRace(error) && attempt <= RETRIES) continue;
        if (!isAboutData(code)) {
          onFailure(error);
          throw new DomainError(
            "overloaded",
            "Nothing can be stored at the moment. Try again shortly.",
          );
        }
        if (rows.length === 1) return [null];
        const middle = rows.length >> 1;
        return [
          ...(await writeOrSplit(rows.slice(0, middle))),
          ...(await writeOrSplit(rows.slice(middle))),
        ];
      }
    }
  };
}

/**
 * SQLSTATE classes 22 (data exception), 23 (integrity) and 54 (a limit of the server, such as an
 * index row's size).
 */
function isAboutData(code: string): boolean {
  return code.startsWith("22") || code.startsWith("23") || code.startsWith("54");
}
