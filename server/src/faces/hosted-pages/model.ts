import type { Translate } from '../../platform/words/index.ts';

/** How a project presents itself on its pages. */
export interface Brand {
  name: string;
  logoURL?: string;
  /** `#rrggbb`; the default color when absent or malformed. */
  color?: string;
}

/** Everything a page needs besides its own content. */
export interface PageFrame {
  brand: Brand;
  /** BCP 47 tag of the language the words are in. */
  locale: string;
  /** Looks up the catalogue `pages` in that language. */
  t: Translate;
  /** Addresses of the compiled stylesheet and script. */
  stylesheet: string;
  script: string;
  /** The value of the hidden `csrf` field of every form; absent on pages without a form. */
  csrfToken?: string;
}

/** One line of the policy checklist. */
export interface RuleLine {
  /** The name of the violation it prevents, such as `PasswordTooShort`. */
  name: string;
  text: string;
  state: 'open' | 'met' | 'broken';
}
