import type { JsonObject } from '../platform/database/index.ts';

/** What an attempt remembers for the time it takes. */
export interface RecoveryData extends JsonObject {
  /** The language of the page it was asked for on. */
  locale: string | null;
  /** The chosen destination's name; null takes the usual one. */
  destination: string | null;
  /** The app whose login it was begun in. */
  clientID: string | null;
  /** The login it was begun in, sealed: whoever knows its id could go on with it. */
  interaction: string | null;
}

/** An address that a user may choose, as it is shown to whoever asks. */
export interface Destination {
  /** Names it among the user's own; tells nothing. */
  id: string;
  /** Such as `al***@ex***.com`. */
  masked: string;
}
