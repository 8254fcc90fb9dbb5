export { emailIdentity, maskEmail, normaliseEmail } from "./email";
export { firstNameOf, friendLabel } from "./names";
export { cleanAlias, cleanMessage } from "./profile";
export { makeShareCode, normaliseCode } from "./share-code";
export { planUnproven, planUpsert, type UpsertNote } from "./upsert";
