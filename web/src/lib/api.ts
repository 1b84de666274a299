/** Questions to the server that sent this page; never to another. */

/** What went wrong, as the server says it (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    title: string,
    readonly detail: string,
    readonly hint: string,
  ) {
    super(title);
  }
}

async function problem(response: Response): Promise<Problem> {
  let said: Record<string, unknown> = {};
  try {
    said = (await response.json()) as Record<string, unknown>;
  } catch {
    // Not JSON: the number has to do.
  }
  const text = (key: string) => (typeof said[key] === 'string' ? (said[key] as string) : '');
  return new Problem(response.status, text('title') || `answer ${response.status}`, text('detail'), text('hint'));
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, credentials: 'same-origin' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'The server does not answer', '', 'Is `tidings serve` still running? Start it, then try again.');
  }
  if (!response.ok) throw await problem(response);
  return response;
}

/** Fetches JSON. */
export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  const response = await ask(url, { headers: { accept: 'application/json' }, signal });
  return (await response.json()) as T;
}

/** Sends JSON; only a server started with `--write` takes it. */
export async function post<T>(url: string, body: unknown): Promise<T> {
  const response = await ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as T;
}

/** Where the data of an address are: `/events?type=AID` → `/events.json?type=AID`. */
export function dataUrl(address: string, extension = 'json'): string {
  const [before, query] = address.split('?');
  const name = before === '/' ? '/overview' : before;
  return `${name}.${extension}${query ? `?${query}` : ''}`;
}
