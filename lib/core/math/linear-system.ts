/**
 * Solves A·X = B for a small dense square matrix by Gaussian elimination with partial pivoting. `a`
 * is n×n and `b` is n×m, both as rows; neither is changed. Returns X as n rows of m. Returns null
 * when A is singular to working precision. Throws RangeError when the shapes disagree.
 */
export function solveLinear(
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
): number[][] | null {
  const n = a.length;
  if (b.length !== n || a.some((row) => row.length !== n)) {
    throw new RangeError("solveLinear needs a square matrix and as many right-hand rows");
  }
  const width = n + (b[0]?.length ?? 0);
  const rows: Float64Array[] = a.map((row, i) =>
    Float64Array.from([...row, ...(b[i] as readonly number[])]),
  );
  const scale = a.flat().reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  for (let column = 0; column < n; column += 1) {
    let best = column;
    for (let i = column + 1; i < n; i += 1) {
      if (Math.abs(at(rows, i, column)) > Math.abs(at(rows, best, column))) best = i;
    }
    const pivot = at(rows, best, column);
    if (!(Math.abs(pivot) > scale * n * Number.EPSILON)) return null;
    const pivotRow = rows[best] as Float64Array;
    rows[best] = rows[column] as Float64Array;
    rows[column] = pivotRow;
    for (let i = column + 1; i < n; i += 1) {
      const row = rows[i] as Float64Array;
      const factor = (row[column] as number) / pivot;
      if (factor === 0) continue;
      for (let k = column; k < width; k += 1)
        row[k] = (row[k] as number) - factor * (pivotRow[k] as number);
    }
  }
  for (let column = n - 1; column >= 0; column -= 1) {
    const row = rows[column] as Float64Array;
    const pivot = row[column] as number;
    for (let k = n; k < width; k += 1) row[k] = (row[k] as number) / pivot;
    for (let i = 0; i < column; i += 1) {
      const above = rows[i] as Float64Array;
      const factor = above[column] as number;
      if (factor === 0) continue;
      for (let k = n; k < width; k += 1)
        above[k] = (above[k] as number) - factor * (row[k] as number);
    }
  }
  return rows.map((row) => Array.from(row.subarray(n)));
}

function at(rows: readonly Float64Array[], i: number, j: number): number {
  return (rows[i] as Float64Array)[j] as number;
}
