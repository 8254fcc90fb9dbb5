export { askForDestinations, askForDetails } from "./ask-for-destinations";
export { confirmDestination } from "./confirm-destination";
export { discardDestination, removeDestination } from "./remove-destination";
export { requestDestination } from "./request-destination";
