/** A menu stays inside the landmark that opened it, and its first item takes the focus. */
export const PLAIN_MENU = { withinPortal: false, withInitialFocusPlaceholder: false } as const;
