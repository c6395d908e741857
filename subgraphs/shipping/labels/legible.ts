/** By the Bulgarian law on transliteration, and ELOT 743 for Greek; and letters that Unicode does not take apart. */
const PLAIN: ReadonlyMap<string, string> = new Map(
  `а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х h ц ts ч ch ш sh щ sht ъ a ь y ю yu я ya
   α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o
   ł l đ d ħ h ı i ’ ' – -`
    .match(/\S+ \S+/g)
    ?.flatMap((pair) => {
      const [letter = '', plain = ''] = pair.split(' ');
      return [[letter, plain] as const, [letter.toUpperCase(), plain[0]?.toUpperCase() + plain.slice(1)] as const];
    }),
);

/**
 * A text in the letters that every carrier reads and a PDF's built-in fonts have. Others are written in Latin ones, or
 * without their marks, e.g. Łódź is Lódz and София is Sofiya; what is left becomes a question mark.
 */
export function legible(text: string): string {
  return [...text.normalize('NFC')]
    .map((letter) => {
      if (isLatin1(letter)) return letter;
      const bare = letter.normalize('NFD').replace(/\p{M}/gu, '');
      const plain = PLAIN.get(letter) ?? PLAIN.get(bare) ?? bare;
      return plain !== '' && [...plain].every(isLatin1) ? plain : '?';
    })
    .join('');
}

const isLatin1 = (letter: string): boolean => /^[\x20-\x7e\xa0-\xff]$/.test(letter);
