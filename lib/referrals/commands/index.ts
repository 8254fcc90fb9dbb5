export { type LoadedReferral, lockReferral } from "./load";
export { startReferral, type StartInput } from "./start";
export { stepReferral } from "./step";
