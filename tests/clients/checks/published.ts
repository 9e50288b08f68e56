/** A server that serves one manifest only: `node published.js codegen|apollo|relay`, KAIRO_URL being that server. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { everyIdea } from '../relay/OpportunityList';
import { makeEnvironment } from '../relay/environment';
import * as documents from '../src/gql/graphql';
import { withIdsOfApollo, withIdsOfCodegen } from '../src/published';
import { brandId, token, url } from './surroundings';
import { watchWire } from './wire';

const FILES = { codegen: 'src/gql/persisted-documents.json', apollo: 'apollo-manifest.json', relay: 'relay-manifest.json' };

async function main() {
  const kind = process.argv[2] as keyof typeof FILES;
  const sent = watchWire();
  if (kind === 'relay') {
    assert.ok((await everyIdea(makeEnvironment(url, token), brandId, 2)).length > 2);
  } else {
    const client = kind === 'codegen' ? withIdsOfCodegen(url, token) : withIdsOfApollo(url, token);
    const { data } = await client.query({ query: documents.TodayBoardDocument, variables: { brandId } });
    assert.equal(data?.todayBoard.__typename, 'TodayBoardReady');
    const changed = await client.mutate({
      mutation: documents.UpdateBrandDocument,
      variables: { input: { brandId, name: '' } },
    });
    assert.equal(changed.data?.updateBrand.__typename, 'InvalidInputProblem');
    client.stop();
  }
  assert.ok(sent.length > 1);
  for (const { document, id } of sent) assert.ok(id && !document, 'a document was sent');

  // Every operation of the manifest is known by its id, and nothing else is served.
  const manifest = JSON.parse(readFileSync(FILES[kind], 'utf8'));
  const ids: string[] = kind === 'apollo' ? manifest.operations.map((one: { id: string }) => one.id) : Object.keys(manifest);
  for (const id of ids) {
    const answer = await post({ documentId: id });
    assert.notEqual(answer.errors?.[0].extensions.code, 'PERSISTED_QUERY_NOT_FOUND', id);
  }
  const free = 'query Free { viewer { tenant { id } } }';
  const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(free))).toString('hex');
  const persistedQuery = { version: 1, sha256Hash: hash };
  const refused = [
    { query: free },
    { query: '{ __typename }' },
    { query: free, extensions: { persistedQuery } },
    { extensions: { persistedQuery } },
    { documentId: hash, query: free },
    { documentId: `${ids[0]}0` },
  ];
  for (const asked of refused) {
    const { data, errors } = await post(asked);
    assert.equal(errors?.[0].extensions.code, 'PERSISTED_QUERY_NOT_FOUND', JSON.stringify(asked));
    assert.equal(data ?? undefined, undefined);
  }
}

async function post(asked: object): Promise<{ data?: unknown; errors?: { extensions: { code: string } }[] }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(asked),
  });
  return response.json();
}

main();
