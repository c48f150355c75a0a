import type { ReactNode } from 'react';
import { brandStylesheet } from './brand.ts';
import type { Brand, PageFrame } from './model.ts';

function BrandMark({ brand }: { brand: Brand }): ReactNode {
  if (brand.logoURL) {
    return <img src={brand.logoURL} alt={brand.name} className="h-9 max-w-48 object-contain object-left" />;
  }
  return (
    <div className="flex items-center gap-3">
      <span
        aria-hidden="true"
        className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-brand text-base font-semibold text-on-brand uppercase"
      >
        {[...brand.name.trim()][0] ?? ''}
      </span>
      <span className="truncate text-[15px] font-semibold tracking-tight">{brand.name}</span>
    </div>
  );
}

/**
 * The whole document around a page: one card, at most 400 px wide, under the project's name and colors.
 * `intro` stands under the heading; `failed` marks the title, so that a screen reader says it first.
 */
export function Layout(props: {
  frame: PageFrame;
  title: string;
  intro?: ReactNode;
  failed?: boolean;
  children?: ReactNode;
}): ReactNode {
  const { frame, title, intro, failed, children } = props;
  const { brand, locale, t } = frame;
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>{`${failed ? t('frame.errorPrefix') : ''}${title} · ${brand.name}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={frame.stylesheet} />
        <link rel="stylesheet" href={brandStylesheet(brand.color)} />
        <script type="module" src={frame.script} />
      </head>
      <body className="min-h-dvh bg-canvas font-sans text-[15px] leading-normal text-ink antialiased">
        <main className="mx-auto flex min-h-dvh w-full max-w-100 flex-col justify-center px-3 py-6 min-[420px]:px-0 sm:py-12">
          <div className="rounded-2xl border border-line bg-surface px-5 py-7 shadow-[0_1px_2px_rgb(16_24_40/0.04),0_12px_32px_-12px_rgb(16_24_40/0.12)] min-[420px]:px-8 min-[420px]:py-8">
            <header className="mb-7">
              <BrandMark brand={brand} />
            </header>
            <h1 className="text-[22px] leading-7 font-semibold tracking-tight text-balance">{title}</h1>
            {intro ? <p className="mt-1.5 break-words text-muted">{intro}</p> : null}
            {children ? <div className="mt-6">{children}</div> : null}
          </div>
        </main>
      </body>
    </html>
  );
}
