import { notFound } from "next/navigation";
import { DomainError } from "@/lib/core/errors";

/**
 * For pages: what a query finds, or the not-found page where it throws that there is no such thing.
 */
export async function found<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") notFound();
    throw error;
  }
}
