type Asker = (answer: (proved: boolean) => void) => void;

let asker: Asker | undefined;

/** Sets the part of the page that asks the operator for the password; returns how to take it away. */
export function onProofWanted(ask: Asker): () => void {
  asker = ask;
  return () => {
    if (asker === ask) asker = undefined;
  };
}

/** Asks the operator for the password once more; false when they decline. */
export const provePassword = (): Promise<boolean> =>
  new Promise((resolve) => {
    if (asker) asker(resolve);
    else resolve(false);
  });
