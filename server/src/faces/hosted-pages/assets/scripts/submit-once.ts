/** Keeps a second click from sending a form twice. Going back to the page makes the form usable again. */
export function preventDoubleSubmit(): void {
  for (const form of document.forms) {
    form.addEventListener('submit', (event) => {
      if (form.dataset.sending) {
        event.preventDefault();
        return;
      }
      form.dataset.sending = 'true';
      form.querySelector('button[type=submit]')?.setAttribute('aria-busy', 'true');
    });
  }
  window.addEventListener('pageshow', () => {
    for (const form of document.forms) {
      delete form.dataset.sending;
      form.querySelector('button[type=submit]')?.removeAttribute('aria-busy');
    }
  });
}
