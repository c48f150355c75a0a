const DEFAULT_COLOR = '#0f766e';
const HEX = /^#[0-9a-f]{6}$/i;

/** Relative luminance of `#rrggbb`, 0 to 1, as WCAG 2.2 defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** A button's color and, black or white, that of its words: whichever reads better (WCAG 2.2, 1.4.3). */
export function buttonColors(brand: string | null): { background: string; words: string } {
  const background = brand !== null && HEX.test(brand) ? brand : DEFAULT_COLOR;
  const light = luminance(background);
  const isWhiteBetter = 1.05 / (light + 0.05) >= (light + 0.05) / 0.05;
  return { background, words: isWhiteBetter ? '#ffffff' : '#000000' };
}
