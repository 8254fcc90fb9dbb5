export * from "./read";
export * from "./shape";
export * from "./to-form";
