import { expect, it } from "vitest";
import { definitions } from "@/lib/reports";
import { METRIC_GROUPS, searchMetrics } from "./metric-groups";

const titles = new Map(definitions().map(({ name, title }) => [name, title]));
const namesFound = (text: string) =>
  searchMetrics(text, (name) => titles.get(name)!).flatMap(({ metrics }) =>
    metrics.map(({ name }) => name),
  );

it("lists every metric exactly once", () => {
  const listed = METRIC_GROUPS.flatMap(({ metrics }) => metrics.map(({ name }) => name));
  expect(listed.toSorted()).toEqual([...titles.keys()].toSorted());
});

it("finds a metric by the name that people use", () => {
  expect(namesFound("clv")).toEqual(["clv"]);
  expect(namesFound(" LTV ")).toEqual(["clv"]);
  expect(namesFound("retention")).toEqual(["retention"]);
  expect(namesFound("referral rate")).toEqual(["referral_rate"]);
  expect(namesFound("")).toHaveLength(titles.size);
  expect(namesFound("no such thing")).toEqual([]);
});
