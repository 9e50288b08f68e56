// graphql-eslint's recommended and Relay rules for schema.graphql beside this file, with a reason for each that bends.
import { readFileSync } from 'node:fs';
import graphql from '@graphql-eslint/eslint-plugin';
import { buildSchema, isObjectType } from 'graphql';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const values = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !type.getInterfaces().some(({ name }) => name === 'Node'))
  .map(({ name }) => name);

export default [
  {
    files: ['schema.graphql'],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema.graphql' } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      // What has an identity implements Node, and has its id from there. The rest are values: parts, results, pages.
      '@graphql-eslint/strict-id-in-types': ['error', { exceptions: { types: values } }],
      // Keyset pages go forward; nobody has asked for the way back.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      // Lists that cannot grow without end (a board's ideas, an idea's posts) are plain lists.
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false },
      ],
    },
  },
];
