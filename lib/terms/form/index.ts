export * from "./read";
export * from "./shape";
export * from "./show";
