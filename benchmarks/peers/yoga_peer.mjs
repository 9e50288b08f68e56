// Yoga; with the word "cache" also its response cache, by time, as its guide sets it up.
import { createServer } from 'node:http'
import { createSchema, createYoga } from 'graphql-yoga'
import { createInMemoryCache, useResponseCache } from '@graphql-yoga/plugin-response-cache'
import { context, port, resolvers, typeDefs } from './board.mjs'

const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  context,
  graphiql: false,
  landingPage: false,
  logging: false,
  plugins: process.argv[2] === 'cache'
    ? [useResponseCache({ session: () => null, ttl: 600_000, cache: createInMemoryCache({ max: 100_000 }) })]
    : [],
})
createServer(yoga).listen(port, '127.0.0.1')
