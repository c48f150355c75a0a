const DEFAULT_COLOR = '#0f766e';
const HEX = /^#?([0-9a-f]{6})$/i;
/** WCAG 2.2, 1.4.3: normal text against its background. */
const TEXT_CONTRAST = 4.5;
/** WCAG 2.2, 1.4.11: the shape of a button against the card. */
const SHAPE_CONTRAST = 3;
const LIGHT_CARD: Rgb = [255, 255, 255];
const DARK_CARD: Rgb = [21, 25, 34];

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

type Rgb = [number, number, number];

const parse = (hex: string): Rgb => {
  const value = Number.parseInt(hex, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

const print = (color: Rgb): string =>
  `#${color.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast ratio of two colors, 1 to 21 (WCAG 2.2). */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Moves a color towards black or white until its contrast with the card is enough. */
function apartFrom(card: Rgb, color: Rgb, towards: Rgb, enough: number): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = color.map((part, index) => part + ((towards[index] ?? 0) - part) * share) as Rgb;
    if (contrast(mixed, card) >= enough) return mixed;
  }
  return towards;
}

const textOn = (color: Rgb): Rgb => (contrast(color, WHITE) >= TEXT_CONTRAST ? WHITE : BLACK);

/** The address of the stylesheet that carries a project's color; a malformed color gives the default one. */
export function brandStylesheet(color?: string): string {
  const hex = HEX.exec(color ?? '')?.[1] ?? DEFAULT_COLOR.slice(1);
  return `/assets/brand/${hex.toLowerCase()}.css`;
}

/**
 * The stylesheet for one color: it sets the brand roles, so that no page needs an inline style. Text on the
 * color is black or white, whichever reads better; the color as text is moved until it reads on the card.
 * @param hex six hexadecimal digits
 * @returns undefined where `hex` is no color
 */
export function brandCSS(hex: string): string | undefined {
  const digits = HEX.exec(hex)?.[1];
  if (!digits) return undefined;
  const color = parse(digits);
  const lifted = apartFrom(DARK_CARD, color, WHITE, SHAPE_CONTRAST);
  const light = print(apartFrom(LIGHT_CARD, color, BLACK, TEXT_CONTRAST));
  const dark = print(apartFrom(DARK_CARD, color, WHITE, TEXT_CONTRAST));
  return (
    `:root{--brand:${print(color)};--on-brand:${print(textOn(color))};--brand-ink:${light}}` +
    '@media (prefers-color-scheme:dark){' +
    `:root{--brand:${print(lifted)};--on-brand:${print(textOn(lifted))};--brand-ink:${dark}}}`
  );
}
