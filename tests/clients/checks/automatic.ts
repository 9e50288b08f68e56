/** Automatic persisted queries: the hash by GET, the document once with it, from then on the hash alone. */
import assert from 'node:assert/strict';
import * as documents from '../src/gql/graphql';
import { automaticApollo, automaticUrql } from '../src/automatic';
import { brandId, token, url } from './surroundings';
import { type Sent, watchWire } from './wire';

const inWords = ({ method, document }: Sent) => `${method} ${document ? 'document' : 'hash'}`;

async function main() {
  const sent = watchWire();
  const since = (start: number) => sent.slice(start).map(inWords);

  const apollo = automaticApollo(url, token);
  const byApollo = async () => {
    const { data } = await apollo.query({
      query: documents.OpportunitiesDocument,
      variables: { brandId, first: 1 },
      fetchPolicy: 'network-only',
    });
    assert.equal(data?.opportunities.edges.length, 1);
  };
  await byApollo();
  assert.deepEqual(since(0), ['GET hash', 'POST document']);
  await byApollo();
  assert.deepEqual(since(2), ['GET hash']);

  const urql = automaticUrql(url, token);
  const byUrql = async () => {
    const { data, error } = await urql.query(documents.BoardsDocument, { brandId }, { requestPolicy: 'network-only' });
    if (error) throw error;
    assert.ok(data?.boards.edges.length);
  };
  await byUrql();
  assert.deepEqual(since(3), ['GET hash', 'GET document']); // short documents go by GET as well, beside their hash
  await byUrql();
  assert.deepEqual(since(5), ['GET hash']);
  apollo.stop();
}

main();
