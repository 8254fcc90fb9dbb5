export type { FieldValue, KindForm } from "./fields";
export { emptyKindForm, withKind } from "./kind-form";
export * from "./fraud-form";
export * from "./program-form";
export { type Problem, type Read, Reader } from "./reader";
export { readRuleForm, toRuleForm } from "./rule-form";
export * from "./shape";
export * from "./worth-form";
