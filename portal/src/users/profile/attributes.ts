import { ApiError } from '../../api/error.ts';
import en from '../../words/en.json';
import { t } from '../../words/index.ts';

/** The attributes of the form, in its order; those of the address stand in an object of their own. */
export const NAMES = ['name', 'given_name', 'middle_name', 'family_name', 'nickname'] as const;
export const ABOUT = ['gender', 'birthdate', 'zoneinfo', 'locale', 'website', 'profile', 'picture'] as const;
export const ADDRESS = ['street_address', 'locality', 'region', 'postal_code', 'country'] as const;

export type PlainAttribute = (typeof NAMES)[number] | (typeof ABOUT)[number];
export type AddressAttribute = (typeof ADDRESS)[number];
export type Attribute = PlainAttribute | AddressAttribute;

/** What the form holds: every field a text, an empty one for what is not given. */
export type ProfileValues = Record<Attribute, string>;

type Attributes = Record<string, unknown>;

const PLAIN: readonly PlainAttribute[] = [...NAMES, ...ABOUT];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const addressOf = ({ address }: Attributes): Attributes =>
  typeof address === 'object' && address !== null ? (address as Attributes) : {};

/** Fills the form with what the user has. */
export function valuesOf(attributes: Attributes): ProfileValues {
  const address = addressOf(attributes);
  return Object.fromEntries([
    ...PLAIN.map((name) => [name, text(attributes[name])]),
    ...ADDRESS.map((name) => [name, text(address[name])]),
  ]) as ProfileValues;
}

/** The attributes as the form leaves them; what it has no field for stays as it was. */
export function attributesOf(before: Attributes, values: ProfileValues): Attributes {
  const put = (into: Attributes, names: readonly Attribute[]): Attributes => {
    const kept = Object.entries(into).filter(([name]) => !names.includes(name as Attribute));
    const given = names.map((name) => [name, values[name].trim()]).filter(([, value]) => value !== '');
    return Object.fromEntries([...kept, ...given]);
  };
  const { address: _, ...rest } = before;
  const address = put(addressOf(before), ADDRESS);
  return { ...put(rest, PLAIN), ...(Object.keys(address).length > 0 && { address }) };
}

const isWorded = (name: string): name is Attribute => Object.hasOwn(en.profileForm.invalid, name);

/** What to tell beside each field that the server refused; empty for every other error. */
export function attributeErrors(error: unknown): Partial<Record<Attribute, string>> {
  if (!(error instanceof ApiError) || error.reason !== 'ValidationFailed') return {};
  const causes = Array.isArray(error.info.causes) ? (error.info.causes as { location?: unknown }[]) : [];
  return Object.fromEntries(
    causes.flatMap(({ location }) => {
      const name = text(location).split('/').at(-1) ?? '';
      return isWorded(name) ? [[name, t(`profileForm.invalid.${name}`)]] : [];
    }),
  );
}
