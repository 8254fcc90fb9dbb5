import type { BadgeInput } from "../schema";

/** A set to begin with: offered with one click, and the merchant's own from then on. */
export const BADGE_STARTERS: readonly Omit<BadgeInput, "state">[] = [
  {
    name: { en: "First friend", sq: "Miku i parë", zh: "第一位好友" },
    about: {
      en: "Your first friend qualified.",
      sq: "U kualifikua miku juaj i parë.",
      zh: "你的第一位好友已达标。",
    },
    icon: "sprout",
    color: "#15803d",
    rule: { kind: "friends", count: 1 },
  },
  {
    name: { en: "High five", sq: "Pesëshe", zh: "五位好友" },
    about: {
      en: "Five friends qualified.",
      sq: "U kualifikuan pesë miq.",
      zh: "已有五位好友达标。",
    },
    icon: "handshake",
    color: "#0f766e",
    rule: { kind: "friends", count: 5 },
  },
  {
    name: { en: "Ten and counting", sq: "Dhjetë e më tej", zh: "十位好友" },
    about: {
      en: "Ten friends qualified.",
      sq: "U kualifikuan dhjetë miq.",
      zh: "已有十位好友达标。",
    },
    icon: "star",
    color: "#b45309",
    rule: { kind: "friends", count: 10 },
  },
  {
    name: { en: "The life of the party", sq: "Shpirti i festës", zh: "聚会核心" },
    about: {
      en: "Twenty-five friends qualified.",
      sq: "U kualifikuan njëzet e pesë miq.",
      zh: "已有二十五位好友达标。",
    },
    icon: "crown",
    color: "#a16207",
    rule: { kind: "friends", count: 25 },
  },
  {
    name: { en: "On a roll", sq: "Në vrull", zh: "势头正好" },
    about: {
      en: "Three friends within a month.",
      sq: "Tre miq brenda një muaji.",
      zh: "一个月内有三位好友。",
    },
    icon: "flame",
    color: "#c2410c",
    rule: { kind: "friends_within", count: 3, period: "month" },
  },
  {
    name: { en: "Word of mouth", sq: "Fjalë goje", zh: "口口相传" },
    about: {
      en: "Your first friend through WhatsApp.",
      sq: "Miku i parë që erdhi nga WhatsApp.",
      zh: "第一位通过 WhatsApp 而来的好友。",
    },
    icon: "megaphone",
    color: "#1d4ed8",
    rule: { kind: "first_of_channel", channel: "whatsapp" },
  },
  {
    name: { en: "Ripples", sq: "Valëzime", zh: "涟漪" },
    about: {
      en: "A friend of yours brought a friend.",
      sq: "Një mik i juaji solli një mik.",
      zh: "你的好友又带来了一位好友。",
    },
    icon: "share",
    color: "#6d28d9",
    rule: { kind: "second_level", count: 1 },
  },
  {
    name: { en: "One year on", sq: "Një vit bashkë", zh: "一周年" },
    about: {
      en: "One year since you joined.",
      sq: "Një vit që kur u bashkuat.",
      zh: "自你加入已满一年。",
    },
    icon: "cake",
    color: "#be185d",
    rule: { kind: "anniversary", years: 1 },
  },
];
