const SECOND_MS = 1_000;

/** Counts the seconds down that a page was sent with; at zero, the sentence around them goes. */
export function countDown(): void {
  for (const shown of document.querySelectorAll<HTMLElement>('[data-seconds]')) {
    // Measured, not counted: a tab in the background is seldom woken.
    const end = performance.now() + Number(shown.dataset.seconds) * SECOND_MS;
    const timer = window.setInterval(() => {
      const left = Math.ceil((end - performance.now()) / SECOND_MS);
      shown.textContent = String(Math.max(left, 0));
      if (left > 0) return;
      window.clearInterval(timer);
      shown.closest<HTMLElement>('[data-until-zero]')?.setAttribute('hidden', '');
    }, SECOND_MS);
  }
}
