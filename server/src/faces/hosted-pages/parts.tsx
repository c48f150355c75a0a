import type { InputHTMLAttributes, ReactNode } from 'react';
import type { PageFrame } from './model.ts';

const FIELD =
  'block h-11 w-full min-w-0 rounded-lg border bg-field px-3 text-base text-ink outline-none focus-visible:ring-3';
const FIELD_RIGHT = 'border-field-line focus-visible:border-brand-ink focus-visible:ring-brand-ink/25';
const FIELD_WRONG = 'border-danger focus-visible:ring-danger/25';

const BUTTON =
  'flex h-11 w-full cursor-pointer items-center justify-center gap-2 rounded-lg px-4 text-[15px] font-semibold ' +
  'outline-none focus-visible:ring-3 focus-visible:ring-offset-2 focus-visible:ring-offset-surface ' +
  'focus-visible:ring-brand-ink no-underline';

/** A form that posts back to the server with its token against forged requests. */
export function Form(props: {
  frame: PageFrame;
  action: string;
  judge?: string;
  children: ReactNode;
}): ReactNode {
  return (
    <form
      method="post"
      action={props.action}
      data-judge={props.judge}
      className="flex flex-col gap-5"
      noValidate
    >
      <input type="hidden" name="csrf" value={props.frame.csrfToken ?? ''} />
      {props.children}
    </form>
  );
}

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'> {
  name: string;
  label: string;
  error?: string;
  /** Takes the field for wrong without a sentence of its own, where one sentence speaks for two fields. */
  invalid?: boolean;
  /** What stands between label and error, such as a checklist; its id is added to `aria-describedby`. */
  describedBy?: string;
  aside?: ReactNode;
}

/** A labeled input with its error under it. React writes `autoFocus` as the HTML attribute, so it needs no script. */
export function Field(props: FieldProps): ReactNode {
  const { name, label, error, invalid, describedBy, aside, ...input } = props;
  const errorID = error ? `${name}-error` : undefined;
  const wrong = invalid || error !== undefined;
  return (
    <div>
      <label htmlFor={name} className="mb-1.5 block text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          {...input}
          id={name}
          name={name}
          aria-invalid={wrong || undefined}
          aria-describedby={[errorID, describedBy].filter(Boolean).join(' ') || undefined}
          className={`${FIELD} ${wrong ? FIELD_WRONG : FIELD_RIGHT} ${aside ? 'pr-18' : ''}`}
        />
        {aside}
      </div>
      {error ? (
        <p id={errorID} className="mt-1.5 flex gap-1.5 text-sm text-danger">
          <WarningMark />
          <span>{error}</span>
        </p>
      ) : null}
    </div>
  );
}

/** A password input with a button that shows what is typed; the button appears only where scripts run. */
export function PasswordField(props: Omit<FieldProps, 'type' | 'aside'> & { frame: PageFrame }): ReactNode {
  const { frame, ...field } = props;
  const { t } = frame;
  return (
    <Field
      {...field}
      type="password"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      aside={
        <button
          type="button"
          hidden
          data-reveal={field.name}
          data-show-word={t('password.show')}
          data-hide-word={t('password.hide')}
          aria-controls={field.name}
          className="absolute inset-y-1 right-1 cursor-pointer rounded-md bg-field px-3 text-sm font-medium text-brand-ink outline-none focus-visible:ring-3 focus-visible:ring-brand-ink/40"
        >
          <span data-reveal-word>{t('password.show')}</span>
          <span className="sr-only"> {field.label}</span>
        </button>
      }
    />
  );
}

const PRIMARY = 'bg-brand text-on-brand hover:brightness-110 active:brightness-95';
const QUIET = 'border border-field-line text-ink hover:bg-subtle';

/** The button that sends the form: the page's one primary action, or a quiet one where a page has none. */
export function SubmitButton(props: { quiet?: boolean; children: ReactNode }): ReactNode {
  return (
    <button type="submit" className={`${BUTTON} mt-1 ${props.quiet ? QUIET : PRIMARY}`}>
      <span
        aria-hidden="true"
        className="button-spinner hidden size-4 animate-spin rounded-full border-2 border-current border-t-transparent"
      />
      {props.children}
    </button>
  );
}

const TEXT =
  'cursor-pointer rounded-md px-2 py-1 font-medium text-brand-ink no-underline outline-none hover:underline ' +
  'focus-visible:ring-3 focus-visible:ring-brand-ink/40';

/**
 * A button that sends its form and looks like a link: a side way, never the page's purpose. `isLink` where all it
 * does is to lead to another page, and a screen reader should say so.
 */
export function TextButton({ isLink, children }: { isLink?: boolean; children: ReactNode }): ReactNode {
  return (
    <button type="submit" role={isLink ? 'link' : undefined} className={TEXT}>
      {children}
    </button>
  );
}

/** A link that leads aside. */
export function TextLink({ href, children }: { href: string; children: ReactNode }): ReactNode {
  return (
    <a href={href} className={TEXT}>
      {children}
    </a>
  );
}

/** A link that looks like the page's one primary action, or like a quiet second one. */
export function ActionLink(props: { href: string; quiet?: boolean; children: ReactNode }): ReactNode {
  return (
    <a href={props.href} className={`${BUTTON} ${props.quiet ? QUIET : PRIMARY}`}>
      {props.children}
    </a>
  );
}

/** A sentence about the whole form, above its fields. `role=alert` has it read out on arrival. */
export function Alert({ children }: { children: ReactNode }): ReactNode {
  return (
    <div role="alert" className="mb-5 flex gap-2 rounded-lg bg-danger-soft px-3 py-2.5 text-sm text-danger">
      <WarningMark />
      <span>{children}</span>
    </div>
  );
}

/** A sentence that something went well, above the rest. */
export function Notice({ children }: { children: ReactNode }): ReactNode {
  return (
    <div role="status" className="mb-5 rounded-lg bg-subtle px-3 py-2.5 text-sm">
      {children}
    </div>
  );
}

/** Tells password managers whose password is replaced. */
export function HiddenUsername({ loginID }: { loginID: string }): ReactNode {
  return (
    <input
      type="text"
      name="username"
      value={loginID}
      autoComplete="username"
      readOnly
      hidden
      aria-hidden="true"
      tabIndex={-1}
    />
  );
}

/** One of a few, each with a word about it. */
export function RadioGroup(props: {
  name: string;
  legend: string;
  chosen?: string;
  options: { value: string; label: string; about?: string }[];
}): ReactNode {
  const { name } = props;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">{props.legend}</legend>
      {props.options.map(({ value, label, about }) => (
        <label
          key={value}
          className="flex cursor-pointer gap-3 rounded-lg border border-field-line px-3 py-2.5 has-checked:border-brand-ink has-checked:bg-subtle"
        >
          <input
            type="radio"
            name={name}
            value={value}
            defaultChecked={value === props.chosen}
            aria-describedby={about ? `${name}-${value}-about` : undefined}
            aria-label={label}
            className="mt-1 size-4 shrink-0 accent-brand-ink outline-none focus-visible:ring-3 focus-visible:ring-brand-ink/40"
          />
          <span className="min-w-0">
            <span className="block font-medium break-words">{label}</span>
            {about ? (
              <span id={`${name}-${value}-about`} className="block text-sm text-muted">
                {about}
              </span>
            ) : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function WarningMark(): ReactNode {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className="mt-0.5 size-4 shrink-0" fill="none">
      <circle cx="8" cy="8" r="6.75" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 4.75v3.75" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      <circle cx="8" cy="11" r="0.9" fill="currentColor" />
    </svg>
  );
}
