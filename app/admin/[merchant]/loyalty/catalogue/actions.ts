"use server";

import { merchantAction } from "@/lib/auth/action";
import {
  cancelRedemption,
  moveItem,
  saveItem,
  setItemState,
} from "@/lib/loyalty/catalogue/commands";
import { itemFormSchema } from "@/lib/loyalty/catalogue/schema/item-form";
import {
  cancelByStaffSchema,
  itemMoveSchema,
  itemStateSchema,
} from "@/lib/loyalty/catalogue/schema/item";

export const saveCatalogueItem = merchantAction(itemFormSchema, "program.edit", saveItem);

export const offerItem = merchantAction(itemStateSchema, "program.edit", setItemState);

export const moveCatalogueItem = merchantAction(itemMoveSchema, "program.edit", moveItem);

export const cancelByStaff = merchantAction(
  cancelByStaffSchema,
  "reward.decide",
  async (scope, input): Promise<null> => {
    await cancelRedemption(scope, input);
    return null;
  },
);
