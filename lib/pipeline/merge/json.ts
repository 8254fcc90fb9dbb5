import { z } from "zod";
import { jsonTime } from "@/lib/core/json";
import type { Duplicate, Merge, Shared } from "./queries";
import { MERGE_CAUSES } from "./schema";

const sharedJsonSchema = z.object({
  kind: z.enum(["email", "phone", "browser"]),
  said: z.string().meta({ description: "As it was said of this customer." }),
  otherSaid: z.string().meta({ description: "As it was said of the other one." }),
  proven: z
    .boolean()
    .meta({ description: "False for what only a web page said, or a family has." }),
});

export const duplicateJsonSchema = z
  .object({
    id: z.string().meta({ description: "Your id where you gave one, else ours." }),
    goodwordId: z.string(),
    email: z.string().nullable(),
    name: z.string().nullable(),
    createdAt: jsonTime,
    orderCount: z.int(),
    shared: z.array(sharedJsonSchema),
  })
  .meta({ id: "Duplicate" });

export const mergeJsonSchema = z
  .object({
    id: z.string(),
    from: z.string().meta({ description: "Our id of the record that was merged." }),
    into: z.string().meta({ description: "Our id of the record that remains." }),
    at: jsonTime,
    actor: z.string(),
    why: z.enum(MERGE_CAUSES),
    shared: z.array(sharedJsonSchema),
    undoneAt: jsonTime.nullable(),
    stayed: z
      .array(z.string())
      .nullable()
      .meta({ description: "What an undo could not move back, in words." }),
  })
  .meta({ id: "Merge" });

export function duplicateToJson(row: Duplicate): z.input<typeof duplicateJsonSchema> {
  const { id, externalId, email, name, createdAt, orderCount, shared } = row;
  return {
    id: externalId ?? id,
    goodwordId: id,
    email,
    name,
    createdAt: createdAt.toISOString(),
    orderCount,
    shared: shared.map(sharedToJson),
  };
}

export function mergeToJson(merge: Merge): z.input<typeof mergeJsonSchema> {
  const { id, fromId, intoId, at, actor, why, evidence, undoneAt, stayed } = merge;
  return {
    id,
    from: fromId,
    into: intoId,
    at: at.toISOString(),
    actor,
    why,
    shared: evidence.map(sharedToJson),
    undoneAt: undoneAt?.toISOString() ?? null,
    stayed,
  };
}

function sharedToJson({ kind, said, otherSaid, proven }: Shared): z.input<typeof sharedJsonSchema> {
  return { kind, said, otherSaid, proven };
}
