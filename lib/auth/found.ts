import { notFound } from "next/navigation";
import { DomainError } from "@/lib/core/errors";

/**
 * For pages: awaits a query, and shows the not-found page if it throws `not_found`.
 */
export async function found<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") notFound();
    throw error;
  }
}
