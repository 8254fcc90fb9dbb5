import type { Instrumentation } from "next";
import { noteFault } from "@/lib/operations/request-faults";

/** Called by Next when a page, a route or an action throws, before it answers. */
export const onRequestError: Instrumentation.onRequestError = (error, request) =>
  noteFault(error, request);
