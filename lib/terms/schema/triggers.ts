import type { z } from "zod";
import { type Trigger, TRIGGERS } from "../kinds/triggers";
import { unionOf } from "../kinds/union";

/** What a rule waits for. */
export const ruleTriggerSchema = unionOf(TRIGGERS);

const qualifying = Object.entries(TRIGGERS).filter(([, { qualifies }]) => qualifies);

/** What qualifies a referral. */
export const triggerSchema = unionOf(Object.fromEntries(qualifying)) as z.ZodType<Trigger, Trigger>;
