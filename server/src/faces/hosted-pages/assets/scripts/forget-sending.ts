/**
 * Has the browser take a form that was refused for a page that was opened: going back to it or loading it again
 * then asks for the step the login stands at, and not whether to send the old answer once more.
 */
export function forgetSending(): void {
  const isOwnAnswer = [...document.forms].some((form) => form.action === location.href);
  if (isOwnAnswer) history.replaceState(history.state, '');
}
