import { type APIRequestContext, type APIResponse, request } from 'playwright-core';

/** A form as it stands in a page, filled in as the page has it. */
export interface PageForm {
  action: string;
  fields: Record<string, string>;
}

/** A page as somebody without JavaScript has it before them. */
export interface VisitedPage {
  url: URL;
  status: number;
  headers: Record<string, string>;
  html: string;
  /** Its first heading. */
  heading: string;
  forms: PageForm[];
}

/**
 * Somebody with a browser of their own that keeps cookies, follows redirects and runs no script. A redirect that
 * leads off this machine is where it stops: the page then has that address, and nothing on it.
 */
export interface Visitor {
  open(address: string): Promise<VisitedPage>;
  /** Fills a form of the page and sends it; the first one, unless its address is given. */
  send(page: VisitedPage, fields?: Record<string, string>, action?: string): Promise<VisitedPage>;
  /** From a login page on: fills it and sends it. */
  signIn(page: VisitedPage, loginID: string, password: string): Promise<VisitedPage>;
  /** From *Change your password* on. */
  choose(page: VisitedPage, password: string): Promise<VisitedPage>;
  /** Everything in the cookie jar, by name. */
  cookies(): Promise<Record<string, string>>;
  /** A browser with the same cookies as of now, as a thief would have it. */
  copy(): Promise<Visitor>;
  leave(): Promise<void>;
}

const ENTITIES: Record<string, string> = { amp: '&', quot: '"', lt: '<', gt: '>', '#x27': "'", '#39': "'" };

const decoded = (text: string): string =>
  text.replaceAll(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : decoded(value);
};

function formsOf(html: string, url: URL): PageForm[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, tag = '', inside = '']) => ({
    action: new URL(attribute(tag, 'action') ?? '', url).href,
    fields: Object.fromEntries(
      [...inside.matchAll(/<input\b[^>]*>/g)]
        .map(([input]) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? ''])
        .filter(([name]) => name !== ''),
    ),
  }));
}

async function read(response: APIResponse): Promise<VisitedPage> {
  const html = await response.text();
  const url = new URL(response.url());
  return {
    url,
    status: response.status(),
    headers: response.headers(),
    html,
    heading: decoded(/<h1[^>]*>([^<]*)<\/h1>/.exec(html)?.[1] ?? ''),
    forms: formsOf(html, url),
  };
}

const isHere = ({ hostname }: URL): boolean =>
  /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);

const MOST_REDIRECTS = 20;

/** Opens a browser; with the cookies of another one where they are given. */
export async function visitor(
  storageState?: Awaited<ReturnType<APIRequestContext['storageState']>>,
): Promise<Visitor> {
  const context = await request.newContext({
    storageState,
    extraHTTPHeaders: { accept: 'text/html,*/*;q=0.1', 'accept-language': 'en' },
  });
  async function follow(first: APIResponse): Promise<VisitedPage> {
    let response = first;
    for (let count = 0; count < MOST_REDIRECTS; count += 1) {
      const { location } = response.headers();
      if (location === undefined) return read(response);
      const url = new URL(location, response.url());
      const headers = response.headers();
      if (!isHere(url)) return { url, status: response.status(), headers, html: '', heading: '', forms: [] };
      response = await context.get(url.href, { maxRedirects: 0 });
    }
    throw new Error(`redirects without end: ${response.url()}`);
  }

  const someone: Visitor = {
    open: async (address) => follow(await context.get(address, { maxRedirects: 0 })),
    async send(page, fields = {}, action) {
      const form = page.forms.find((candidate) => !action || candidate.action.endsWith(action));
      if (!form) throw new Error(`no form ${action ?? ''} in "${page.heading}" (${page.url}): ${page.html}`);
      const filled = { ...form.fields, ...fields };
      return follow(await context.post(form.action, { form: filled, maxRedirects: 0 }));
    },
    signIn: (page, loginID, password) => someone.send(page, { login_id: loginID, password }),
    choose: (page, password) => someone.send(page, { new_password: password, confirmation: password }),
    async cookies() {
      const { cookies } = await context.storageState();
      return Object.fromEntries(cookies.map(({ name, value }) => [name, value]));
    },
    copy: async () => visitor(await context.storageState()),
    leave: () => context.dispose(),
  };
  return someone;
}
