import { readFileSync } from 'node:fs';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const FILE = new URL('../../../node_modules/@workos/openapi-spec/open-api-spec.yaml', import.meta.url);
const BRANCHES = '/components/schemas/EventSchema/allOf/1/oneOf';

/** Checks bodies against the published WorkOS specification. */
export interface Specification {
  /** What is wrong with a body, per schema name; empty when nothing is. */
  problems(schema: string, body: unknown): string[];
  /** What is wrong with an event, read by its own branch. */
  eventProblems(event: { event: string }): string[];
  readonly eventTypes: string[];
}

export function loadSpecification(): Specification {
  const document = parse(readFileSync(FILE, 'utf8'), { maxAliasCount: -1 });
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ $id: 'spec', components: document.components });
  const check = (pointer: string, body: unknown): string[] => {
    const validate = ajv.getSchema(`spec#${pointer}`);
    if (validate === undefined) return [`no schema ${pointer}`];
    if (validate(body) === true) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  const branches: { properties: { event: { const: string } } }[] =
    document.components.schemas.EventSchema.allOf[1].oneOf;
  const eventTypes = branches.map(({ properties }) => properties.event.const);
  return {
    problems: (schema, body) => check(`/components/schemas/${schema}`, body),
    eventProblems: (event) => check(`${BRANCHES}/${eventTypes.indexOf(event.event)}`, event),
    eventTypes,
  };
}
