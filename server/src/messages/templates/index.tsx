import { render } from '@react-email/render';
import type { Letter } from '../letter.ts';
import { LetterMail } from './letter-mail.tsx';

/**
 * The HTML part of a mail. Import this file lazily: it brings React along.
 * @param options `locale` BCP 47; `brandColor` as `#rrggbb`, or none
 */
export const renderLetter = (
  letter: Letter,
  { locale, brandColor }: { locale: string; brandColor: string | null },
): Promise<string> => render(<LetterMail letter={letter} locale={locale} brandColor={brandColor} />);
