import { ApiError, hasReason } from '../api/error.ts';
import { post } from '../api/post.ts';
import { wordsForError } from '../layout/words-for-error.ts';
import { t } from '../words/index.ts';

/** Makes a project that the operator owns; answers with its id. */
export async function createProject(name: string, origin: string): Promise<string> {
  const body = { name, ...(origin !== '' && { origin }) };
  return ((await post('/projects', body)) as { projectID: string }).projectID;
}

/** What to say beside the fields about a refusal; `form` where it belongs to neither. */
export function projectErrors(error: unknown): { name?: string; origin?: string; form?: string } {
  if (hasReason(error, 'ProjectOriginTaken')) return { origin: t('createProject.originTaken') };
  if (hasReason(error, 'InvalidProject')) {
    const { field } = error.info;
    // The server says what is wrong with this very text, and what to give instead.
    if (field === 'name' || field === 'origin') return { [field]: wordsForError(error) };
  }
  return { form: error instanceof ApiError ? wordsForError(error) : t('failure.unexpected') };
}
