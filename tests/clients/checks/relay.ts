/** The Relay example: a second page of a connection is fetched and joined to the first in the store. */
import assert from 'node:assert/strict';
import { everyIdea } from '../relay/OpportunityList';
import { makeEnvironment } from '../relay/environment';
import { ask, brandId, token, url } from './surroundings';

async function main() {
  const asked: number[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = (...request) => {
    asked.push(asked.length);
    return fetch(...request);
  };
  const environment = makeEnvironment(url, token);
  const ideas = await everyIdea(environment, brandId, 2);
  assert.ok(asked.length > 1, 'one page is no proof');
  globalThis.fetch = fetch;
  const whole = await ask('query($b: ID!) { opportunities(brandId: $b, first: 100) { nodes { id } } }', { b: brandId });
  assert.deepEqual(ideas.map(({ id }) => id), whole.data.opportunities.nodes.map(({ id }: { id: string }) => id));
  for (const { id } of ideas) assert.ok(environment.getStore().getSource().has(id));
}

main();
