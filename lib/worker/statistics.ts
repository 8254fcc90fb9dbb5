import { poolFor } from "@/lib/core/db";

/** Below this many pages no plan is slow enough to matter. */
const FEW_PAGES = 64;
const TIMES = 4;

/**
 * Keeps what the planner knows of tables that grow fast. The server analyses a table by itself
 * about once a minute; until then it keeps the plans made when the table was small, and a burst
 * into a new shop would be read through row by row. What is analysed here has grown to several
 * times the size that the planner knows, so of any table it is done a few times in all. Only an
 * owner may analyse; a function of the owner's does it.
 * @returns the tables that it analysed
 */
export async function keepStatistics(): Promise<string[]> {
  const { rows } = await poolFor("goodword_gate").query<{ name: string }>(
    "SELECT goodword_analyze_grown($1, $2) AS name",
    [FEW_PAGES, TIMES],
  );
  return rows.map(({ name }) => name);
}
