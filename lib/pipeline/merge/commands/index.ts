export { mergeCustomers } from "./merge-customers";
export { tellApart } from "./tell-apart";
export { undoMerge } from "./undo-merge";
export { enrolPerson, mergeNamed, upsertPerson } from "./upsert-person";
