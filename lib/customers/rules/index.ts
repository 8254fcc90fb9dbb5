export { maskEmail } from "./email";
export { colleagueName, firstNameOf, friendLabel, oneLine, shownAlias, shownName } from "./names";
export { cleanAlias, cleanMessage } from "./profile";
export { makeShareCode } from "./share-code";
export { planUpsert } from "./upsert";
