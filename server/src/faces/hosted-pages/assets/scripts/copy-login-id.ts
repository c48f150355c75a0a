/** Takes what is typed into one field along with another form: the login id, on the way to *Forgot password?*. */
export function copyLoginID(): void {
  for (const copy of document.querySelectorAll<HTMLInputElement>('input[data-copy-of]')) {
    const field = document.getElementById(copy.dataset.copyOf ?? '');
    if (!(field instanceof HTMLInputElement)) continue;
    copy.form?.addEventListener('submit', () => {
      copy.value = field.value;
    });
  }
}
