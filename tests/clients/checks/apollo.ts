/** The Apollo examples: generating to ready by polling, one cache entry an object, pages joined, changes seen at once. */
import assert from 'node:assert/strict';
import { type Board, everyIdea, httpLink, makeClient, pin, regenerate, watchBoard } from '../src/apollo';
import { lines } from '../src/board';
import { unmask } from '../src/gql';
import * as documents from '../src/gql/graphql';
import { brandId, token, url } from './surroundings';

async function main() {
  const client = makeClient(httpLink(url, token));
  const shown: Board[] = [];
  const watching = watchBoard(client, brandId, (board) => shown.push(board));
  const until = async (good: (board: Board) => boolean) => {
    while (!shown.some(good)) await new Promise((resolve) => setTimeout(resolve, 20));
    return shown.findLast(good)!;
  };

  // The first reading of a brand with enough evidence starts its first generation.
  const first = await until((board) => board.__typename === 'TodayBoardReady');
  assert.equal(shown[0].__typename, 'TodayBoardGenerating', 'the board was not seen being made');
  assert.match(lines(shown[0])[0], /^[A-Z]+ \d+ %$/);
  assert.match(lines(first)[0], /^\d+ .+ \(\d+ posts\)$/);
  assert.equal(first.__typename === 'TodayBoardReady' && first.readyReason, 'GENERATED');

  // Normalised: an idea is one entry, whoever asked for it, and the posts beneath it as well.
  const ideas = first.opportunities.map((idea) => unmask(documents.OpportunityCardFragmentDoc, idea));
  const entries = Object.keys(client.cache.extract() as object);
  for (const { id } of ideas) assert.ok(entries.includes(`Opportunity:${id}`), `${id} is not in ${entries}`);
  assert.equal(entries.filter((entry) => entry.startsWith('TodayBoardReady:')).length, 1);
  assert.ok(entries.some((entry) => entry.startsWith('EvidenceItem:')));

  // A fragment on an interface matches: possibleTypes are those of the schema.
  const problem = await client.mutate({
    mutation: documents.PinOpportunityDocument,
    variables: { input: { opportunityId: brandId.replace(/^.{8}/, '00000000') } },
  });
  const refused = unmask(documents.DecidedFragmentDoc, problem.data!.pinOpportunity);
  assert.equal(refused.__typename === 'NotFoundProblem' && refused.code, 'NOT_FOUND');

  // A decision shows on the watched board without a line of code that patches the cache.
  const last = ideas[ideas.length - 1];
  assert.equal(last.decision, null);
  await pin(client, last.id);
  const isPinned = (board: Board) =>
    board.opportunities.some((masked) => {
      const idea = unmask(documents.OpportunityCardFragmentDoc, masked);
      return idea.id === last.id && unmask(documents.DecisionFragmentDoc, idea.decision)?.kind === 'PINNED';
    });
  await until(isPinned);

  // Pages, joined.
  const all = (await everyIdea(client, brandId, 2)).map((idea) => unmask(documents.OpportunityCardFragmentDoc, idea).id);
  assert.ok(all.length > 2, 'one page is no proof');
  assert.deepEqual([...all].sort(), [...new Set(all)].sort());
  for (const { id } of ideas) assert.ok(all.includes(id));

  // Asked for again: ready under another id, and in between, where it was seen being made, with the ideas of before.
  const seen = shown.length;
  await regenerate(client, brandId);
  const next = await until((board) => board.__typename === 'TodayBoardReady' && board.id !== first.id);
  const between = shown.slice(seen).find((board) => board.__typename === 'TodayBoardGenerating');
  if (between?.__typename === 'TodayBoardGenerating') assert.ok(between.stale && between.opportunities.length);
  assert.ok(isPinned(next), 'the pin did not stay');
  watching.unsubscribe();
  client.stop();
}

main();
