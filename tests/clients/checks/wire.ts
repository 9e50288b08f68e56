/** Notes what leaves through `fetch`: the method, and whether a document is in it. */
export interface Sent {
  method: string;
  document: boolean;
  id: string | undefined;
}

export function watchWire(): Sent[] {
  const sent: Sent[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const method = init?.method ?? 'GET';
    const asked = method === 'GET' ? inUrl(String(input)) : JSON.parse(String(init?.body));
    const id = asked.documentId ?? asked.extensions?.persistedQuery?.sha256Hash;
    sent.push({ method, document: Boolean(asked.query), id });
    return fetch(input, init);
  };
  return sent;
}

function inUrl(url: string) {
  const parameters = new URL(url).searchParams;
  return {
    query: parameters.get('query'),
    documentId: parameters.get('documentId'),
    extensions: JSON.parse(parameters.get('extensions') ?? '{}'),
  };
}
