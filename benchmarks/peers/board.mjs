// What the Node peers share: a pool with prepared statements, and one SQL statement a level.
import { readFileSync } from 'node:fs'
import pg from 'pg'
import DataLoader from 'dataloader'

export const size = Number(process.env.POOL)
export const port = Number(process.env.PORT)
export const typeDefs = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8')
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, min: size, max: size })

const rows = async (name, text, values) => (await pool.query({ name, text, values })).rows

export const board = async (brandId) =>
  (await rows('board', `SELECT brand_id, state, ready_reason AS "readyReason", as_of AS "asOf", remediation
    FROM bench.board WHERE brand_id = $1`, [brandId]))[0]

export const opportunities = (brandId) =>
  rows('opportunities', `SELECT o.key, o.id, o.title, o.angle, o.why_now AS "whyNow", o.type,
      o.primary_channel AS "primaryChannel", o.suggested_channels AS "suggestedChannels", o.score,
      o.created_via AS "createdVia", o.created_at AS "createdAt",
      json_build_object('id', r.id, 'name', r.name) AS persona,
      json_build_object('id', p.id, 'name', p.name) AS pillar
    FROM bench.opportunity o LEFT JOIN bench.persona r ON r.key = o.persona_key
    LEFT JOIN bench.pillar p ON p.key = o.pillar_key WHERE o.brand_id = $1 ORDER BY o.position`, [brandId])

export const evidence = async (ideas) => {
  const found = await rows('evidence', `SELECT opportunity_key, id, platform, url, author, snippet,
      has_transcript AS "hasTranscript", published_at AS "publishedAt"
    FROM bench.evidence WHERE opportunity_key = ANY($1) ORDER BY opportunity_key, position`,
    [ideas.map((idea) => idea.key)])
  const lists = new Map(ideas.map((idea) => [idea.key, []]))
  for (const row of found) lists.get(row.opportunity_key).push(row)
  return ideas.map((idea) => lists.get(idea.key))
}

export const context = () => ({ posts: new DataLoader(evidence) })

export const resolvers = {
  Query: { todayBoard: (_, { brandId }) => board(brandId) },
  Board: { opportunities: (parent) => opportunities(parent.brand_id) },
  Opportunity: { evidence: (parent, _, { posts }) => posts.load(parent) },
}
