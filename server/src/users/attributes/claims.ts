import { type Check, checkBirthdate, checkLocale, checkText, checkURL, checkZone } from './forms.ts';

/** A name or the like. */
const SHORT = 200;
/** A line of an address, or a whole one. */
const LONG = 1_000;

const name = checkText({ longest: SHORT });

/** The members of the claim `address` (OpenID Connect Core 1.0, section 5.1.1). */
export const ADDRESS_MEMBERS: Readonly<Record<string, Check>> = {
  formatted: checkText({ longest: LONG, lines: true }),
  street_address: checkText({ longest: LONG, lines: true }),
  locality: name,
  region: name,
  postal_code: name,
  country: name,
};

/** The claims of OpenID Connect Core 1.0, section 5.1, that are anybody's to fill in. */
export const TEXT_CLAIMS: Readonly<Record<string, Check>> = {
  name,
  given_name: name,
  middle_name: name,
  family_name: name,
  nickname: name,
  gender: name,
  birthdate: checkBirthdate,
  zoneinfo: checkZone,
  locale: checkLocale,
  profile: checkURL,
  picture: checkURL,
  website: checkURL,
};

/** The claims that name one of the user's login ids, each with the type. */
export const LOGIN_ID_CLAIMS = {
  email: 'email',
  phone_number: 'phone',
  preferred_username: 'username',
} as const;

/** What is worked out of other things: taken back as it was shown, and not looked at. */
export const DERIVED_CLAIMS: readonly string[] = ['email_verified', 'phone_number_verified', 'updated_at'];
