import { t } from '../words/index.ts';
import { notifyProblem } from './notify.tsx';

/**
 * Puts a text onto the clipboard, and tells whether it is there: browsers refuse on pages that are not
 * served over https, and where the operator says no.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    notifyProblem(t('copy.failed'), t('copy.failedAbout'));
    return false;
  }
}
