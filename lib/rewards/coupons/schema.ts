import { z } from "zod";
import { readCode } from "@/lib/core/values/code";

export const poolSchema = z.object({
  name: z.string("Give the pool a name.").trim().min(1, "Give the pool a name.").max(80),
  /** Staff are warned when fewer codes than this are left. */
  lowAt: z.coerce
    .number("Enter a number.")
    .int("Write a whole number.")
    .min(0)
    .max(1_000_000)
    .default(50),
});
export const editPoolSchema = poolSchema.extend({ poolId: z.string().min(1).max(40) });
export const poolIdSchema = z.object({ poolId: z.string().min(1).max(40) });

/** The most that one upload takes: a larger file is uploaded in parts. */
export const MOST_UPLOADED = 100_000;
export const MOST_UPLOAD_BYTES = 900_000;

/** Pasted lines, a file, or both. */
export const addCodesSchema = z.object({
  poolId: z.string().min(1).max(40),
  pasted: z.string().max(MOST_UPLOAD_BYTES, "Too much at once. Upload it in parts.").optional(),
  file: z
    .instanceof(File)
    .optional()
    .refine(
      (file) => file === undefined || file.size <= MOST_UPLOAD_BYTES,
      "The file is larger than 900 kB. Upload it in parts.",
    ),
});

export const poolFilterSchema = z.object({
  search: z.string().trim().max(80).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PoolFilter = z.infer<typeof poolFilterSchema>;

export const poolCodeFilterSchema = z.object({
  state: z.enum(["free", "taken"]).optional(),
  /** The beginning of a code. */
  search: z
    .string()
    .max(40)
    .transform((text) => readCode(text) ?? text)
    .optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type PoolCodeFilter = z.infer<typeof poolCodeFilterSchema>;
