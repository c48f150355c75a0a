import type { LoginIDType } from '../../../users/index.ts';
import { badInput } from '../errors.ts';
import { builder } from './builder.ts';
import { loginIDTypeFrom } from './users-query.ts';

const IdentityDefinitionLoginID = builder.inputType('IdentityDefinitionLoginID', {
  fields: (t) => ({
    key: t.string({ required: true, description: '"email", "phone" or "username".' }),
    value: t.string({ required: true, description: 'The login id.' }),
  }),
});

/** Which identity is meant; of the kinds there are, exactly one. */
export const IdentityDefinition = builder.inputType('IdentityDefinition', {
  fields: (t) => ({ loginID: t.field({ type: IdentityDefinitionLoginID }) }),
});

/**
 * The login id that a definition describes.
 * @throws Invalid `InvalidIdentityDefinition`, or as `loginIDTypeFrom`
 */
export function loginIDOf({ loginID }: typeof IdentityDefinition.$inferInput): {
  type: LoginIDType;
  value: string;
} {
  if (loginID == null) {
    throw badInput(
      'InvalidIdentityDefinition',
      'exactly 1 field must be present in identity definition: "loginID"',
    );
  }
  if (loginID.key === '' || loginID.value === '') {
    throw badInput('InvalidIdentityDefinition', 'login ID key & value is required');
  }
  return { type: loginIDTypeFrom(loginID.key), value: loginID.value };
}
