import { describe, expect, it } from "vitest";
import { campaignInForce, campaignStatus, overlapping } from "./rules";
import { campaignFormSchema, lastDayOf } from "./schema";

const at = (text: string) => new Date(`${text}T00:00:00Z`);
const campaign = (
  id: string,
  from: string,
  to: string,
  multiplierBp = 20_000,
  programId: string | null = null,
  state = "active",
) => ({ id, startsAt: at(from), endsAt: at(to), multiplierBp, programId, state });

describe("a points campaign", () => {
  const week = campaign("week", "2026-12-01", "2026-12-08");

  it("runs from its start up to its end", () => {
    const now = ["2026-11-30", "2026-12-01", "2026-12-07", "2026-12-08"].map((day) =>
      campaignStatus(week, at(day)),
    );
    expect(now).toEqual(["coming", "running", "running", "past"]);
    expect(campaignStatus({ ...week, state: "disabled" }, at("2026-12-02"))).toBe("called_off");
  });

  it("overlaps those that share a moment and a program", () => {
    const others = [
      week,
      campaign("after", "2026-12-08", "2026-12-09"),
      campaign("within", "2026-12-03", "2026-12-04", 30_000, "prg_a"),
      campaign("off", "2026-12-03", "2026-12-04", 30_000, null, "disabled"),
    ];
    expect(overlapping(week, others).map(({ id }) => id)).toEqual(["within"]);
    expect(
      overlapping(campaign("b", "2026-12-03", "2026-12-04", 20_000, "prg_b"), others).map(
        ({ id }) => id,
      ),
    ).toEqual(["week"]);
  });

  it("counts by the largest multiplier of those that run in a program", () => {
    const all = [week, campaign("triple", "2026-12-02", "2026-12-03", 30_000, "prg_a")];
    expect(campaignInForce(all, "prg_a", at("2026-12-02"))?.id).toBe("triple");
    expect(campaignInForce(all, "prg_b", at("2026-12-02"))?.id).toBe("week");
    expect(campaignInForce(all, "prg_a", at("2026-12-09"))).toBeNull();
  });

  it("is filled in as days of the shop's zone, the last one included", () => {
    const form = campaignFormSchema("Europe/Tirane").parse({
      name: "Double week",
      multiplier: "2",
      startsOn: "2026-12-01",
      endsOn: "2026-12-07",
    });
    expect([form.startsAt?.toISOString(), form.endsAt.toISOString()]).toEqual([
      "2026-11-30T23:00:00.000Z",
      "2026-12-07T23:00:00.000Z",
    ]);
    expect(lastDayOf(form.endsAt, "Europe/Tirane")).toBe("2026-12-07");
    expect(
      campaignFormSchema("UTC").safeParse({ name: "Nothing said", endsOn: "2026-12-07" }).success,
    ).toBe(false);
    expect(
      campaignFormSchema("UTC").safeParse({
        name: "Back",
        multiplier: "2",
        startsOn: "2026-12-08",
        endsOn: "2026-12-07",
      }).success,
    ).toBe(false);
  });
});
