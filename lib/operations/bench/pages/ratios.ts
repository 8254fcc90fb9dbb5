/**
 * Times of `run` as multiples of those of `base`, taken one after the other in changing order; the
 * middle and the quartiles.
 */
export async function ratios(
  base: (turn: number) => Promise<unknown>,
  run: (turn: number) => Promise<unknown>,
  pairs: number,
): Promise<{ median: number; low: number; high: number }> {
  const timed = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };
  const found: number[] = [];
  for (let turn = -10; turn < pairs; turn += 1) {
    const index = Math.abs(turn);
    let [one, other] = [0, 0];
    if (turn % 2 === 0) {
      one = await timed(() => base(index));
      other = await timed(() => run(index));
    } else {
      other = await timed(() => run(index));
      one = await timed(() => base(index));
    }
    // The first ones open connections and prepare statements.
    if (turn >= 0) found.push(other / one);
  }
  found.sort((left, right) => left - right);
  const at = (share: number) => found[Math.floor(share * (found.length - 1))]!;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}
