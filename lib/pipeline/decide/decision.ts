/** One decision of the pipeline, as stored with the event's outcome and shown on its page. */
export type Decision = { code: string; message: string; [detail: string]: unknown };
