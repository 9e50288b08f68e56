// PostGraphile: the schema is made of the tables in `bench`; lists instead of connections, names from comments.
import './node20.mjs'
import { createServer } from 'node:http'
import { postgraphile } from 'postgraphile'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { makePgService } from 'postgraphile/adaptors/pg'
import { grafserv } from 'postgraphile/grafserv/node'

const size = Number(process.env.POOL)
const port = Number(process.env.PORT)
// A column named id is usually shown as rowId, to leave the name to Relay's; here it is that name's own.
const IdsAsNamed = {
  name: 'IdsAsNamed',
  inflection: {
    replace: {
      _attributeName: (previous, options, details) =>
        details.attributeName === 'id' ? 'id' : previous(details),
    },
  },
}
const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [IdsAsNamed],
  disablePlugins: ['NodePlugin'],
  schema: { defaultBehavior: '+list -connection' },
  grafserv: { graphiql: false, watch: false, port, host: '127.0.0.1' },
  pgServices: [makePgService({
    connectionString: process.env.DATABASE_URL,
    schemas: ['bench'],
    poolConfig: { min: size, max: size },
  })],
}
const server = createServer()
await postgraphile(preset).createServ(grafserv).addTo(server)
server.listen(port, '127.0.0.1')
