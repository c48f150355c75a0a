import { forbidden, invalid } from '../../platform/errors.ts';

/** Every reason the pages themselves refuse a request for; those of the acts come on top. */
export type HostedPagesErrorReason =
  | 'BodyTooLarge'
  | 'DuplicateField'
  | 'ForgedRequest'
  | 'MalformedBody'
  | 'NoPasswordWanted'
  | 'UnsupportedMediaType';

export const bodyTooLarge = (limitBytes: number) =>
  invalid('BodyTooLarge' satisfies HostedPagesErrorReason, `the body is larger than ${limitBytes} bytes`);

export const duplicateField = () =>
  invalid('DuplicateField' satisfies HostedPagesErrorReason, 'a field was sent twice');

export const malformedBody = () =>
  invalid('MalformedBody' satisfies HostedPagesErrorReason, 'the body must be a JSON object');

export const unsupportedMediaType = (wanted: string) =>
  invalid('UnsupportedMediaType' satisfies HostedPagesErrorReason, `the body must be ${wanted}`);

export const forgedRequest = () =>
  forbidden(
    'ForgedRequest' satisfies HostedPagesErrorReason,
    'the form does not carry the token of this browser',
  );

export const noPasswordWanted = () =>
  forbidden('NoPasswordWanted' satisfies HostedPagesErrorReason, 'no new password is asked for here');
