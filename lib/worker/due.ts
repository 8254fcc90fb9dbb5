/** What a round may be limited to: one merchant, for its test clock. */
export type WorkFilter = { merchantId?: string };
