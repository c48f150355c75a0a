/** Turns each hidden "Show" button beside a password field on; without this script it stays hidden. */
export function enableReveal(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-reveal]')) {
    const field = document.getElementById(button.dataset.reveal ?? '');
    const word = button.querySelector('[data-reveal-word]');
    if (!(field instanceof HTMLInputElement) || !word) continue;
    const show = (visible: boolean): void => {
      field.type = visible ? 'text' : 'password';
      word.textContent = (visible ? button.dataset.hideWord : button.dataset.showWord) ?? '';
    };
    button.hidden = false;
    button.addEventListener('click', () => show(field.type === 'password'));
    // Password managers save what is typed "password" at the moment of sending, and the screen is no place to leave it.
    field.form?.addEventListener('submit', () => show(false));
  }
}
