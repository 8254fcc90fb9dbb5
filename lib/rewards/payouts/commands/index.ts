export { cancelPayout, payPayout, recordExport } from "./close-payout";
export { createPayout } from "./create-payout";
