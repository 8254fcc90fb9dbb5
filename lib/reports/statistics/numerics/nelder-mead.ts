import { atOnce, type Steps } from "@/lib/core/math/in-turns";

export type Minimum = { at: number[]; value: number; evaluations: number; converged: boolean };

/**
 * Minimises a function of a few variables without derivatives (Nelder & Mead 1965, with the usual
 * coefficients 1, 2, ½, ½). The function may return Infinity where it is not defined. Converged
 * means that the simplex has shrunk below `tolerance` in every coordinate and that its values agree
 * to `tolerance` × (1 + |value|) × 1e-2; otherwise the best point so far comes back with
 * `converged: false`.
 */
export function* minimizing(
  f: (point: readonly number[]) => number,
  start: readonly number[],
  options: { step?: number; tolerance?: number; maxEvaluations?: number } = {},
): Steps<Minimum> {
  const { step = 0.5, tolerance = 1e-8, maxEvaluations = 400 * (start.length + 1) } = options;
  let evaluations = 0;
  const evaluate = (at: number[]) => {
    evaluations += 1;
    const value = f(at);
    return { at, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  type Vertex = ReturnType<typeof evaluate>;
  const simplex: Vertex[] = [evaluate([...start])];
  start.forEach((_, i) => simplex.push(evaluate(start.map((v, j) => (i === j ? v + step : v)))));
  const mix = (a: readonly number[], b: readonly number[], weight: number) =>
    a.map((v, i) => v + weight * ((b[i] as number) - v));

  let converged = false;
  while (evaluations < maxEvaluations) {
    yield;
    simplex.sort((a, b) => a.value - b.value);
    const best = simplex[0] as Vertex;
    const worst = simplex[simplex.length - 1] as Vertex;
    const nextWorst = simplex[simplex.length - 2] as Vertex;
    const width = Math.max(
      ...simplex.map((v) => Math.max(...v.at.map((x, i) => Math.abs(x - (best.at[i] as number))))),
    );
    if (
      width < tolerance &&
      worst.value - best.value <= tolerance * 0.01 * (1 + Math.abs(best.value))
    ) {
      converged = Number.isFinite(best.value);
      break;
    }
    const others = simplex.slice(0, -1);
    const centre = start.map(
      (_, i) => others.reduce((sum, v) => sum + (v.at[i] as number), 0) / others.length,
    );
    const reflected = evaluate(mix(centre, worst.at, -1));
    let replacement: Vertex | null = reflected;
    if (reflected.value < best.value) {
      const expanded = evaluate(mix(centre, worst.at, -2));
      if (expanded.value < reflected.value) replacement = expanded;
    } else if (reflected.value >= nextWorst.value) {
      const outside = reflected.value < worst.value;
      const contracted = evaluate(mix(centre, outside ? reflected.at : worst.at, 0.5));
      replacement = contracted.value < Math.min(reflected.value, worst.value) ? contracted : null;
    }
    if (replacement) simplex[simplex.length - 1] = replacement;
    else
      for (let i = 1; i < simplex.length; i += 1)
        simplex[i] = evaluate(mix(best.at, (simplex[i] as Vertex).at, 0.5));
  }
  simplex.sort((a, b) => a.value - b.value);
  const best = simplex[0] as Vertex;
  return { at: best.at, value: best.value, evaluations, converged };
}

/** The same at once. */
export function minimize(...given: Parameters<typeof minimizing>): Minimum {
  return atOnce(minimizing(...given));
}
