export { maskEmail } from "./email";
export { firstNameOf, friendLabel } from "./names";
export { cleanAlias, cleanMessage } from "./profile";
export { makeShareCode } from "./share-code";
export { planUpsert } from "./upsert";
