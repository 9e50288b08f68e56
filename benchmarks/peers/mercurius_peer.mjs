// Mercurius on Fastify with its own loaders; with the word "jit" its queries are compiled.
import Fastify from 'fastify'
import mercurius from 'mercurius'
import { evidence, port, resolvers, typeDefs } from './board.mjs'

const app = Fastify()
app.register(mercurius, {
  schema: typeDefs,
  resolvers: { Query: resolvers.Query, Board: resolvers.Board },
  loaders: { Opportunity: { evidence: (asked) => evidence(asked.map(({ obj }) => obj)) } },
  jit: process.argv[2] === 'jit' ? 1 : 0,
})
await app.listen({ port, host: '127.0.0.1' })
