import type { Identity, User } from './model.ts';

/** Scripts whose readers write the family name first and no space between. */
const FAMILY_NAME_FIRST = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

function nameOf(attributes: User['standardAttributes']): string {
  const claim = (name: string): string => {
    const value = attributes[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const parts = [claim('given_name'), claim('middle_name'), claim('family_name')].filter(
    (part) => part !== '',
  );
  const composed = parts.some((part) => FAMILY_NAME_FIRST.test(part))
    ? parts.toReversed().join('')
    : parts.join(' ');
  const name = claim('name') || composed;
  const nickname = claim('nickname');
  return name && nickname ? `${name} (${nickname})` : name || nickname;
}

/**
 * How to call a user: the name with the nickname, as Authgear puts it; without any, the oldest e-mail
 * address, phone number or username; without those, nothing (""). Hand in no identities to get names only.
 */
export function formattedName(
  user: Pick<User, 'standardAttributes'>,
  identities: readonly Pick<Identity, 'type' | 'normalized'>[],
): string {
  const loginID = (type: Identity['type']) =>
    identities.find((identity) => identity.type === type)?.normalized;
  return (
    nameOf(user.standardAttributes) || (loginID('email') ?? loginID('phone') ?? loginID('username') ?? '')
  );
}
