import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brandCSS, brandStylesheet, contrast } from './brand.ts';

type Rgb = [number, number, number];

const rgb = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

test('words on and in any color can be read, in light and in dark', () => {
  const digit = fc.constantFrom(...'0123456789abcdef');
  fc.assert(
    fc.property(fc.array(digit, { minLength: 6, maxLength: 6 }), (digits) => {
      const css = brandCSS(digits.join('')) ?? '';
      const values = (role: string) =>
        [...css.matchAll(new RegExp(`--${role}:(#[0-9a-f]{6})`, 'g'))].map((m) => rgb(m[1] ?? ''));
      const [brand, onBrand, ink] = [values('brand'), values('on-brand'), values('brand-ink')];
      for (const index of [0, 1]) {
        expect(contrast(brand[index] as Rgb, onBrand[index] as Rgb)).toBeGreaterThanOrEqual(4.49);
      }
      expect(contrast(ink[0] as Rgb, [255, 255, 255])).toBeGreaterThanOrEqual(4.4);
      expect(contrast(ink[1] as Rgb, [21, 25, 34])).toBeGreaterThanOrEqual(4.4);
    }),
  );
});

test('what is no color gives the default, and never reaches the stylesheet', () => {
  expect(brandStylesheet('#FF0000')).toBe('/assets/brand/ff0000.css');
  for (const color of ['red', '#fff', '#00000g', '"}body{display:none}', undefined]) {
    expect(brandStylesheet(color)).toBe('/assets/brand/0f766e.css');
  }
  expect(brandCSS('}body')).toBeUndefined();
});
