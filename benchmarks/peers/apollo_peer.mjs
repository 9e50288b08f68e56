// Apollo Server; with the word "cache" also its response cache, by time, as its guide sets it up.
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControl } from '@apollo/server/plugin/cacheControl'
import { startStandaloneServer } from '@apollo/server/standalone'
import responseCache from '@apollo/server-plugin-response-cache'
import { InMemoryLRUCache } from '@apollo/utils.keyvaluecache'
import { context, port, resolvers, typeDefs } from './board.mjs'

const cached = process.argv[2] === 'cache'
const server = new ApolloServer({
  typeDefs,
  resolvers,
  introspection: false,
  cache: new InMemoryLRUCache({ maxSize: 2 ** 30 }), // the default of 30 MiB holds fewer boards than are asked for
  csrfPrevention: false,
  plugins: cached
    ? [ApolloServerPluginCacheControl({ defaultMaxAge: 600, calculateHttpHeaders: false }),
       (responseCache.default ?? responseCache)()]
    : [],
})
await startStandaloneServer(server, { context: async () => context(), listen: { port, host: '127.0.0.1' } })
