export { askForDestinations, askForDetails } from "./ask-for-destinations";
export { confirmDestination } from "./confirm-destination";
export { forgetRequests } from "./forget-requests";
export { discardDestination, removeDestination } from "./remove-destination";
export { requestDestination } from "./request-destination";
