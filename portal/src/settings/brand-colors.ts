/** The color that a project without one has. */
export const OUR_COLOR = '#0f766e';

type Rgb = readonly [number, number, number];
type Scheme = 'light' | 'dark';

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const CARDS: Record<Scheme, Rgb> = { light: WHITE, dark: [21, 25, 34] };
/** WCAG 2.2, 1.4.3 and 1.4.11. */
const TEXT_CONTRAST = 4.5;
const SHAPE_CONTRAST = 3;

const HEX = /^#[0-9a-f]{6}$/i;

export const isColor = (text: string): boolean => HEX.test(text);

const parse = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

const print = (color: Rgb): string =>
  `#${color.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(color: Rgb): number {
  const linear = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
}

/** The contrast ratio of two colors, 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** A color moved away from the card until it is told from it. */
function apartFrom(scheme: Scheme, color: Rgb, enough: number): Rgb {
  const end = scheme === 'light' ? BLACK : WHITE;
  for (let share = 0; share < 1; share += 0.05) {
    const mixed: Rgb = [
      color[0] + (end[0] - color[0]) * share,
      color[1] + (end[1] - color[1]) * share,
      color[2] + (end[2] - color[2]) * share,
    ];
    if (contrast(mixed, CARDS[scheme]) >= enough) return mixed;
  }
  return end;
}

/** How the hosted pages show a color: they move it until everybody can read it. */
export function brandOn(scheme: Scheme, hex: string): { background: string; text: string; link: string } {
  const color = parse(hex);
  const shape = scheme === 'light' ? color : apartFrom(scheme, color, SHAPE_CONTRAST);
  const text = contrast(shape, WHITE) >= TEXT_CONTRAST ? WHITE : BLACK;
  return {
    background: print(shape),
    text: print(text),
    link: print(apartFrom(scheme, color, TEXT_CONTRAST)),
  };
}
