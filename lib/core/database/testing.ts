import pg from "pg";

type Send = (...all: unknown[]) => unknown;

/**
 * For tests only: what some work sends to the database, in order, seen at the driver; without the
 * frames of transactions. Nothing else may send anything meanwhile.
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const client = pg.Client.prototype as unknown as { query: Send };
  const send = client.query;
  client.query = function seen(this: pg.Client, ...all: unknown[]) {
    const text = typeof all[0] === "string" ? all[0] : (all[0] as { text: string }).text;
    if (!/^\s*(BEGIN|COMMIT)|set_config/.test(text)) sent.push(text);
    return send.apply(this, all);
  };
  try {
    await work();
  } finally {
    client.query = send;
  }
  return sent;
}
