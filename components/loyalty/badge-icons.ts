import {
  Award, CakeSlice, Coffee, Crown, Diamond, Flame, Flower2, Gem, Gift, Handshake, Heart, Leaf, type LucideIcon, Medal, Megaphone, Moon,
  Mountain, PartyPopper, Rocket, Share2, ShoppingBag, Sparkles, Sprout, Star, Sun, Trophy, Users, Zap,
} from "lucide-react";
import type { MedalIcon } from "@/lib/loyalty/medals";

/** The pictures that a medal may carry. */
export const BADGE_ICONS: Record<MedalIcon, LucideIcon> = {
  award: Award, cake: CakeSlice, coffee: Coffee, crown: Crown, diamond: Diamond, flame: Flame, flower: Flower2, gem: Gem, gift: Gift,
  handshake: Handshake, heart: Heart, leaf: Leaf, medal: Medal, megaphone: Megaphone, moon: Moon, mountain: Mountain,
  "party-popper": PartyPopper, rocket: Rocket, share: Share2, "shopping-bag": ShoppingBag, sparkles: Sparkles, sprout: Sprout, star: Star,
  sun: Sun, trophy: Trophy, users: Users, zap: Zap,
};

/** What staff call them. */
export const BADGE_ICON_NAMES: Record<MedalIcon, string> = {
  award: "Award", cake: "Cake", coffee: "Coffee", crown: "Crown", diamond: "Diamond", flame: "Flame", flower: "Flower", gem: "Gem",
  gift: "Gift", handshake: "Handshake", heart: "Heart", leaf: "Leaf", medal: "Medal", megaphone: "Megaphone", moon: "Moon",
  mountain: "Mountain", "party-popper": "Party", rocket: "Rocket", share: "Share", "shopping-bag": "Shopping bag", sparkles: "Sparkles",
  sprout: "Sprout", star: "Star", sun: "Sun", trophy: "Trophy", users: "People", zap: "Lightning",
};
