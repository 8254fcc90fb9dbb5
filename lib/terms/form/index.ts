export * from "./read";
export type { Problem, Read } from "./reader";
export * from "./shape";
export * from "./show";
