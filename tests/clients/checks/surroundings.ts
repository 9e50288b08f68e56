/** What a check is told by the test that runs it. */
export const url = told('KAIRO_URL');
export const token = told('KAIRO_TOKEN');
export const brandId = told('KAIRO_BRAND');

function told(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}

/** The board's state as the server tells it, past every client and cache. */
export async function ask(query: string, variables: object, as: string = token) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${as}` },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data: any; errors?: unknown[] };
}
