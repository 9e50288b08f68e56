/** The urql examples: a board, pages joined by Graphcache, and a change that is seen where the brand was read. */
import assert from 'node:assert/strict';
import { unmask } from '../src/gql';
import * as documents from '../src/gql/graphql';
import { finishedBoard, makeClient, rename } from '../src/urql';
import { brandId, token, url } from './surroundings';

async function main() {
  const warnings: unknown[] = [];
  console.warn = console.error = (...told) => warnings.push(told);
  const client = makeClient(url, token);
  const board = await finishedBoard(client, brandId);
  assert.equal(board.__typename, 'TodayBoardReady');

  let after: string | null | undefined;
  let list: documents.OpportunitiesQuery['opportunities'];
  do {
    const { data, error } = await client.query(documents.OpportunitiesDocument, { brandId, first: 2, after });
    if (!data) throw error;
    list = data.opportunities;
    after = list.pageInfo.endCursor;
  } while (list.pageInfo.hasNextPage);
  const ids = list.edges.map(({ node }) => unmask(documents.OpportunityCardFragmentDoc, node).id);
  assert.ok(ids.length > 2 && new Set(ids).size === ids.length, `${ids}`);

  const { id } = board.brand;
  const read = async () => {
    const { data } = await client.query(documents.BrandDocument, { id }, { requestPolicy: 'cache-only' });
    return unmask(documents.BrandProfileFragmentDoc, data?.brand);
  };
  await client.query(documents.BrandDocument, { id });
  const before = await read();
  await rename(client, id, 'Another name');
  assert.equal((await read())?.name, 'Another name');
  await rename(client, id, before!.name);
  await assert.rejects(rename(client, id, 'x'.repeat(201)), /200/);
  assert.deepEqual(warnings, []); // Graphcache warns of what it cannot keep or match
}

main();
