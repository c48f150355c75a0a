const FORGET_AFTER_MS = 10_000;

/**
 * Keeps a second click from sending a form twice. Going back to the page makes the form usable again, and so
 * does waiting, for those who stopped the browser on its way.
 */
export function preventDoubleSubmit(): void {
  for (const form of document.forms) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sending) {
        event.preventDefault();
        return;
      }
      form.dataset.sending = 'true';
      form.querySelector('button[type=submit]')?.setAttribute('aria-busy', 'true');
      window.setTimeout(() => release(form), FORGET_AFTER_MS);
    });
  }
  window.addEventListener('pageshow', () => {
    for (const form of document.forms) release(form);
  });
}

function release(form: HTMLFormElement): void {
  delete form.dataset.sending;
  form.querySelector('button[type=submit]')?.removeAttribute('aria-busy');
}
