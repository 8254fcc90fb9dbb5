export { cancelPayout, payPayout } from "./close-payout";
export { createPayout } from "./create-payout";
export { exportPayout } from "./export-payout";
