import { describe, expect, it } from "vitest";
import {
  referenceCase,
  sharedDataPresent,
  sharedDataRows,
  sharedDataText,
} from "@/e2e/support/data/shared-data";
import {
  type BgNbdParameters,
  conditionalExpectedPurchases,
  expectedPurchases,
  fitBgNbd,
  probabilityAlive,
} from "./bg-nbd";
import { checkHoldout, marginMultiple, type Purchase, summarizePurchases } from "./clv";
import { fitGammaGamma } from "./gamma-gamma";

describe.skipIf(!sharedDataPresent)("published cases on CDNOW", () => {
  const summary = () =>
    sharedDataRows("cdnow/cdnow_customers_summary_with_transactions.csv").map((row) => {
      const [id, frequency, recency, age, meanSpend] = row.map(Number) as [
        number,
        number,
        number,
        number,
        number,
      ];
      return { id, frequency, recency, age, meanSpend };
    });
  const close = (actual: number | undefined, expected: number, relative: number) =>
    expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(
      relative * Math.abs(expected),
    );

  it("CLV-01 BG/NBD maximum likelihood", () => {
    const { expected } = referenceCase<unknown, BgNbdParameters & { logLik: number }>("CLV-01");
    const fit = fitBgNbd(summary()).value;
    for (const key of ["r", "alpha", "a", "b"] as const)
      close(fit?.parameters[key], expected[key], 1e-3);
    expect(Math.abs((fit?.logLikelihood ?? 0) - expected.logLik)).toBeLessThan(0.01);
    expect(fit).toMatchObject({ customers: 2357, repeaters: 946 });
  });

  it("CLV-02 and CLV-03 expectations and P(alive)", () => {
    type Params = [number, number, number, number];
    const two = referenceCase<{ params: Params; t_weeks: number[] }, { E: number[] }>("CLV-02");
    const [r, alpha, a, b] = two.input.params;
    two.input.t_weeks.forEach((t, i) => {
      close(expectedPurchases({ r, alpha, a, b }, t), two.expected.E[i] as number, 1e-6);
    });
    type Three = { x: number; t_x: number; T: number; t: number };
    const three = referenceCase<Three, { E: number; p_alive: number }>("CLV-03");
    const { x, t_x, T, t } = three.input;
    const customer = { frequency: x, recency: t_x, age: T };
    close(conditionalExpectedPurchases({ r, alpha, a, b }, customer, t), three.expected.E, 1e-6);
    close(probabilityAlive({ r, alpha, a, b }, customer), three.expected.p_alive, 1e-6);
  });

  it("CLV-04 Gamma-Gamma maximum likelihood", () => {
    type Expected = {
      p: number;
      q: number;
      gamma: number;
      logLik: number;
      population_mean: number;
    };
    const { expected } = referenceCase<unknown, Expected>("CLV-04");
    const fit = fitGammaGamma(summary().filter((row) => row.frequency > 0)).value;
    for (const key of ["p", "q", "gamma"] as const)
      close(fit?.parameters[key], expected[key], 2e-3);
    expect(Math.abs((fit?.logLikelihood ?? 0) - expected.logLik)).toBeLessThan(0.01);
    close(fit?.populationMean, expected.population_mean, 1e-3);
    expect(fit?.repeaters).toBe(946);
    expect(Math.abs(fit?.correlation ?? 1)).toBeLessThan(0.3);
  });

  it("CLV-05 margin multiple", () => {
    const { input, expected } = referenceCase<{ r: number[]; i: number }, { multiple: number[] }>(
      "CLV-05",
    );
    input.r.forEach((r, i) =>
      close(marginMultiple(r, input.i).value ?? Number.NaN, expected.multiple[i] as number, 1e-9),
    );
  });

  it("from the raw purchases: the published summary, and a holdout that the fit foretells", () => {
    const byCustomer = new Map<string, Purchase[]>();
    const dayNumber = (date: string) =>
      Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8))) /
      86_400_000;
    for (const line of sharedDataText("cdnow/CDNOW_sample.txt").trim().split(/\r?\n/)) {
      const [, customer = "", date = "", , amount = ""] = line.trim().split(/\s+/);
      const list = byCustomer.get(customer) ?? [];
      list.push({ day: dayNumber(date), amount: Number(amount) });
      byCustomer.set(customer, list);
    }
    const end = dayNumber("19970930");
    const close39 = end + 39 * 7;
    const expected = summary();
    const customers = [...byCustomer.values()].map((purchases, i) => {
      const calibration = summarizePurchases(purchases, end);
      const all = summarizePurchases(purchases, close39);
      if (!calibration || !all)
        throw new Error("every customer bought before the end of calibration");
      expect(calibration.frequency).toBe(expected[i]?.frequency);
      expect(calibration.recency / 7).toBeCloseTo(expected[i]?.recency ?? -1, 1);
      expect(calibration.age / 7).toBeCloseTo(expected[i]?.age ?? -1, 1);
      return { ...calibration, holdoutPurchases: all.frequency - calibration.frequency };
    });
    const fit = fitBgNbd(customers).value;
    if (!fit) throw new Error("the fit converges");
    const check = checkHoldout(fit.parameters, customers, 39 * 7).value;
    expect(check?.customers).toBe(2357);
    // The conditional expectations by calibration frequency that Fader, Hardie & Lee plot in their
    // figure 3.
    const expectedMeans = [0.225, 0.523, 1.044, 1.52, 2.164, 2.654, 3.504, 6.157];
    const actualMeans = [0.237, 0.697, 1.393, 1.56, 2.532, 2.947, 3.862, 6.359];
    check?.rows.forEach((row, i) => {
      expect(row.expected).toBeCloseTo(expectedMeans[i] as number, 2);
      expect(row.actual).toBeCloseTo(actualMeans[i] as number, 3);
    });
    expect(check?.actualTotal).toBe(1882);
  });
});
