import { z } from 'zod';

/** How a project's pages and mails look. */
export const brandingSettings = z.strictObject({
  logo_url: z
    .url({ protocol: /^https$/, hostname: z.regexes.domain })
    .max(2_000)
    .nullable()
    .default(null)
    .describe("the address of a logo, https only; null shows the project's name"),
  primary_color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'give a color as #rrggbb')
    .nullable()
    .default(null)
    .describe('the color of buttons and links, as #rrggbb; null takes ours'),
});

export type BrandingSettings = z.output<typeof brandingSettings>;
