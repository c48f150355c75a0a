import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brandOn } from '../../../../portal/src/settings/brand-colors.ts';
import { brandCSS } from './brand.ts';

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

it('the portal shows a color as the hosted pages do', () => {
  fc.assert(
    fc.property(hex, (color) => {
      const [light = '', dark = ''] = brandCSS(color)?.split('@media') ?? [];
      for (const [css, shown] of [
        [light, brandOn('light', color)],
        [dark, brandOn('dark', color)],
      ] as const) {
        expect(css).toContain(`--brand:${shown.background};`);
        expect(css).toContain(`--on-brand:${shown.text};`);
        expect(css).toContain(`--brand-ink:${shown.link}}`);
      }
    }),
  );
});
