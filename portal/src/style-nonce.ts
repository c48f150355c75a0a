declare global {
  interface Window {
    /** Where react-style-singleton, below Mantine's scroll lock, looks for the nonce. */
    __webpack_nonce__?: string;
  }
}

const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');

/** The nonce of this response, without which the browser refuses style tags. */
export const styleNonce = (): string => meta?.nonce ?? '';

window.__webpack_nonce__ = styleNonce();
