import { invalid, notFound } from '../errors.ts';

/** Every reason a request is refused for before anybody knows which project it is for. */
export type RequestErrorReason = 'InvalidForwardedHeader' | 'InvalidHost' | 'UnknownHost';

/** @param what is wrong with it, as the end of a sentence */
export const invalidForwardedHeader = (what: string) =>
  invalid(
    'InvalidForwardedHeader' satisfies RequestErrorReason,
    `the forwarding header of the proxy ${what}`,
  );

export const invalidHost = () =>
  invalid('InvalidHost' satisfies RequestErrorReason, 'The request names no valid host.');

/** Answered with 421 (RFC 9110, section 15.5.20). */
export const unknownHost = () =>
  notFound('UnknownHost' satisfies RequestErrorReason, 'no project of this server answers under this host');
