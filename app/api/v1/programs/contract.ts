import { z } from "zod";
import { listQuery } from "@/lib/auth/api-route";
import { endpoint } from "@/lib/auth/endpoint";
import { jsonList } from "@/lib/core/json";
import { programJsonSchema, publicProgramJsonSchema } from "@/lib/programs/json";
import { programInputSchema } from "@/lib/programs/forms/program-input";
import { PROGRAM_STATES } from "@/lib/programs/schema";
import { exampleProgram, exampleTerms } from "../examples";

const group = "Programs";
const params = z.object({ id: z.string().min(1).max(100).meta({ description: "ID or slug." }) });

export const getPrograms = endpoint({
  method: "GET",
  path: "/programs",
  group,
  key: "secret",
  summary: "List programs",
  query: listQuery.extend({ state: z.enum(PROGRAM_STATES).optional() }).strict(),
  response: jsonList(programJsonSchema),
  example: { query: "?state=live", response: { data: [exampleProgram], nextCursor: null } },
});

export const postPrograms = endpoint({
  method: "POST",
  path: "/programs",
  group,
  key: "secret",
  status: 201,
  summary: "Create a program",
  description:
    "As a draft, or live at once with `publish`. Send complete `terms`, or the dashboard's `form`.",
  body: programInputSchema,
  response: programJsonSchema,
  example: {
    body: {
      form: {
        name: "Give 10, get 10",
        advocateBenefit: "credit",
        advocateAmount: "10",
        friendBenefit: "amount_off",
        friendAmount: "10",
        trigger: "first_purchase",
        holdDays: 14,
      },
      publish: true,
    },
    response: exampleProgram,
  },
});

export const getProgram = endpoint({
  method: "GET",
  path: "/programs/{id}",
  group,
  key: "publishable",
  summary: "Read a program",
  description:
    "A secret key reads everything, a publishable key the public part of a published program. " +
    "In test mode, the slug of the live program finds its test copy.",
  params,
  response: z.union([programJsonSchema, publicProgramJsonSchema]),
  errors: ["not_found"],
  example: { response: exampleProgram },
});

export const publishProgramEndpoint = step(
  "publish",
  "Publish the draft",
  "Creates the next version, which never changes. Referrals that started under an earlier " +
    "version keep it. A paused program goes live again.",
);
export const pauseProgram = step(
  "pause",
  "Pause a program",
  "No new friends can join; existing referrals continue.",
);
export const resumeProgram = step("resume", "Resume a paused program");
export const endProgram = step(
  "end",
  "End a program",
  "This cannot be undone. Rewards already earned are kept.",
);

function step(verb: string, summary: string, description?: string) {
  return endpoint({
    method: "POST",
    path: `/programs/{id}/${verb}`,
    group,
    key: "secret",
    summary,
    ...(description && { description }),
    params,
    response: programJsonSchema,
    errors: ["not_found", "conflict"],
    example: { response: { ...exampleProgram, terms: exampleTerms } },
  });
}
