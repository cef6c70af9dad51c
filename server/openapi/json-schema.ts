import { type ConversionConfig, type JsonSchema, toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { configurationAnswerSchema } from '../../shared/configuration.ts';
import { LAUNCHER_ICONS } from '../../shared/port-message.ts';
import { publicKeyStateSchema } from '../../shared/settings-api.ts';
import { keyQuerySchema } from '../http/guards.ts';
import { COMPONENTS } from './components.ts';
import { PUBLIC_KEY_PATTERN } from './patterns.ts';

export type Json = { readonly [name: string]: unknown };

const publicKey = { type: 'string', pattern: PUBLIC_KEY_PATTERN };
const wholeNumber = (most: number) => ({ type: 'integer', minimum: 0, maximum: most }) as const;

/** Schemas that are a function, which no converter can read, and what each of them means. */
const BY_HAND: ReadonlyMap<unknown, Json> = new Map<unknown, Json>([
  [publicKeyStateSchema.entries.publicKey, publicKey],
  [keyQuerySchema.entries.key, publicKey],
  [
    configurationAnswerSchema.entries.look,
    {
      type: 'object',
      properties: {
        accent: { type: 'string', pattern: '^#[0-9a-f]{6}$' },
        mode: { enum: ['light', 'dark', 'auto'] },
        icon: { enum: LAUNCHER_ICONS },
        label: { type: 'string', maxLength: 80 },
        position: { enum: ['start', 'end'] },
        offsetSide: wholeNumber(400),
        offsetBottom: wholeNumber(400),
        radius: wholeNumber(40),
        zIndex: wholeNumber(2_147_483_647),
      },
      required: ['accent', 'mode', 'icon', 'label', 'position', 'offsetSide', 'offsetBottom', 'radius', 'zIndex'],
      additionalProperties: false,
    },
  ],
]);

/** What is checked beyond what JSON Schema can say; the answer to a breach is an `INVALID_REQUEST` all the same. */
const UNSAID = ['trim', 'brand', 'check', 'raw_check'];

const CONVERSION: ConversionConfig = {
  target: 'draft-2020-12',
  // What is sent: before a default is filled in or a text becomes a number.
  typeMode: 'input',
  ignoreActions: UNSAID,
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  overrideSchema({ valibotSchema, jsonSchema }) {
    if (valibotSchema.type === 'custom') return byHand(valibotSchema);
    // Its keys may be a closed list.
    return valibotSchema.type === 'record' ? jsonSchema : undefined;
  },
  overrideAction({ valibotAction, jsonSchema }) {
    if (valibotAction.type === 'regex' && 'requirement' in valibotAction) {
      return withPattern(jsonSchema, valibotAction.requirement);
    }
    if (valibotAction.type === 'max_bytes' && 'requirement' in valibotAction) {
      // A character has one byte at least.
      return { ...jsonSchema, maxLength: Number(valibotAction.requirement) };
    }
    if (valibotAction.type === 'metadata' && 'metadata' in valibotAction) return Object(valibotAction.metadata);
    return undefined;
  },
};

/** What was converted once: the converter goes through every component for each schema, and refusals share theirs. */
const converted = new WeakMap<v.GenericSchema, Json>();

/**
 * The JSON Schema (2020-12) of `schema`, in which those of {@link COMPONENTS} are references into the document. A part that
 * was described with `v.metadata` is what that says. Throws for a part that cannot be converted.
 */
export function toSchema(schema: v.GenericSchema): Json {
  const known = converted.get(schema);
  if (known !== undefined) return known;
  const { $schema, $defs, ...json } = toJsonSchema(schema, { ...CONVERSION, definitions: { ...COMPONENTS } });
  converted.set(schema, json);
  return json;
}

/** The JSON Schemas of all components, by name. */
export function toComponents(): Json {
  return toJsonSchemaDefs({ ...COMPONENTS }, CONVERSION);
}

function byHand(schema: unknown): Json {
  const known = BY_HAND.get(schema);
  if (known !== undefined) return known;
  throw new TypeError('A schema is a function (v.custom): say in server/openapi/json-schema.ts what it accepts');
}

/** JSON Schema reads patterns as if they had the flag `u` (https://json-schema.org/draft/2020-12 6.3.3). */
function withPattern(jsonSchema: JsonSchema, requirement: unknown): JsonSchema {
  if (!(requirement instanceof RegExp) || !/^u?$/.test(requirement.flags)) return jsonSchema;
  const { pattern = requirement.source, ...rest } = jsonSchema;
  if (pattern === requirement.source) return { ...rest, pattern };
  const others = Array.isArray(rest.allOf) ? rest.allOf : [];
  return { ...rest, pattern, allOf: [...others, { pattern: requirement.source }] };
}
