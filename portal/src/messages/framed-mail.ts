/** What a mail must not bring along; the frame's sandbox and the page's policy would stop it anyway. */
const UNWANTED = 'script, iframe, object, embed, link, base, meta[http-equiv], form';

/** A declaration list that cannot end its rule or its tag. */
const isPlain = (declarations: string): boolean => !/[{}<]/.test(declarations);

/**
 * Keeps the parser from applying the styles, which this page's policy would refuse and report: style
 * attributes get another name, style tags the nonce.
 */
const shelved = (html: string, nonce: string): string =>
  html
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle=/gi, ' data-style='))
    .replace(/<style\b/gi, `<style nonce="${nonce}"`);

/**
 * A mail's HTML, made ready for a sandboxed frame. The frame inherits this page's Content-Security-Policy,
 * which knows style tags with the nonce and no style attributes: so these move into a tag. Links open a
 * tab of their own.
 */
export function framedMail(html: string, nonce: string): string {
  const mail = new DOMParser().parseFromString(shelved(html, nonce), 'text/html');
  for (const element of mail.querySelectorAll(UNWANTED)) element.remove();
  const rules: string[] = [];
  for (const element of mail.querySelectorAll('[data-style]')) {
    const declarations = element.getAttribute('data-style') ?? '';
    element.removeAttribute('data-style');
    if (!isPlain(declarations)) continue;
    const name = `inline-${rules.length}`;
    element.classList.add(name);
    rules.push(`.${name} { ${declarations} }`);
  }
  const sheet = mail.createElement('style');
  sheet.setAttribute('nonce', nonce);
  sheet.textContent = rules.join('\n');
  mail.head.append(sheet);
  for (const link of mail.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer');
  }
  return `<!doctype html>${mail.documentElement.outerHTML}`;
}
