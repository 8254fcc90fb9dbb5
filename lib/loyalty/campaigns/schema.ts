import { z } from "zod";
import { readMultiplier, WHOLE_BP } from "@/lib/core/values/percent";
import { dateInZone, startOfDateInZone } from "@/lib/core/time";
import { daySchema, shiftDay } from "@/lib/core/values/day";

const day = daySchema("Choose a day.");
const multiplier = z.string("Enter a multiplier.").transform((text, context) => {
  const basisPoints = readMultiplier(text);
  if (basisPoints !== null && basisPoints > WHOLE_BP) return basisPoints;
  context.addIssue({ code: "custom", message: "Write a number above 1, like 2 or 1.5." });
  return z.NEVER;
});

const name = z.string("Enter a name.").trim().min(1, "Enter a name.").max(80);
const campaignId = z.string().min(1).max(40);

/**
 * A campaign as a person fills it in: whole days of the merchant's zone, the last one included.
 * What is left out of an edit stays as it is.
 */
export function campaignFormSchema(timeZone: string) {
  const shape = z.object({
    campaignId: campaignId.optional(),
    name,
    multiplier: multiplier.optional(),
    startsOn: day.optional(),
    endsOn: day,
    /** Empty or "all" for every program. */
    programId: z.string().max(40).optional(),
  });
  return shape.transform((form, context) => {
    const say = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (form.campaignId === undefined && form.multiplier === undefined)
      say("multiplier", "Enter a multiplier.");
    if (form.campaignId === undefined && form.startsOn === undefined)
      say("startsOn", "Choose a day.");
    if (form.startsOn !== undefined && form.endsOn < form.startsOn)
      say("endsOn", "The last day must not be before the first.");
    const programId = form.programId === "all" ? null : form.programId;
    return {
      campaignId: form.campaignId,
      name: form.name,
      multiplierBp: form.multiplier,
      startsAt:
        form.startsOn === undefined ? undefined : startOfDateInZone(form.startsOn, timeZone),
      endsAt: startOfDateInZone(shiftDay(form.endsOn, 1), timeZone),
      programId,
    };
  });
}
export type CampaignForm = z.output<ReturnType<typeof campaignFormSchema>>;

export const endCampaignSchema = z.object({ campaignId });

/** The last day of a campaign that ends at this instant. */
export function lastDayOf(endsAt: Date, timeZone: string): string {
  return dateInZone(new Date(endsAt.getTime() - 1), timeZone);
}
