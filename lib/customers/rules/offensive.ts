/** Offensive anywhere within a word, in English and Albanian. */
const ANYWHERE = [
  "fuck",
  "fck",
  "fvck",
  "shit",
  "cunt",
  "nigg",
  "bitch",
  "whore",
  "hitler",
  "nazi",
  "porn",
  "penis",
  "vagin",
  "wank",
  "slut",
  "kurve",
  "pidh",
  "qifsh",
  "rropqir",
];
/**
 * Offensive only as whole words: within others they are harmless (Dickens, Essex, Karin).
 */
const ALONE = [
  "ass",
  "anal",
  "anus",
  "cock",
  "coon",
  "dick",
  "dyke",
  "fag",
  "jizz",
  "kar",
  "kike",
  "kkk",
  "ngr",
  "piss",
  "rape",
  "sex",
  "tit",
  "tits",
  "twat",
];
const CHINESE = ["操", "肏", "屄", "妓", "婊", "傻逼", "他妈"];

const READ_AS: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "9": "g",
};

/**
 * True if a text reads as a slur or an obscenity. Digits count as the letters they resemble.
 */
export function isOffensive(text: string): boolean {
  const words = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/\d/g, (digit) => READ_AS[digit] ?? digit)
    .split(/[^a-z0-9]+/);
  const joined = words.join("");
  return (
    ANYWHERE.some((root) => joined.includes(root)) ||
    words.some((word) => ALONE.includes(word)) ||
    CHINESE.some((root) => text.includes(root))
  );
}
