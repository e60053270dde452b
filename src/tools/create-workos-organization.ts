import { z } from 'zod';
import { AppError } from '../shared/errors.ts';
import { refusalOf } from '../workos/errors.ts';
import type { NewOrganization, WorkosPort } from '../workos/port.ts';
import type { Organization } from '../workos/schemas.ts';
import { dnsRecord, dnsRecordOutput } from './dns-record.ts';
import { parseDomains } from './domain-names.ts';
import { omittedOutput, resultOutput, shownEnvironment } from './list.ts';
import { organizationsNamed } from './organization-ref.ts';
import { defineTool, type ToolContext } from './tool.ts';

const NAME = 'create_workos_organization';

/** Creates an organization. Source: POST /organizations, sent once at most. */
export const createWorkosOrganization = defineTool({
  name: NAME,
  title: 'Create organization',
  description:
    'Creates a WorkOS organization with its domains, after checking for duplicates. Use dry_run:true first and show the person what would be created and where. Returns the DNS TXT records to publish. Example: {"name":"Acme Corp","domains":["acme.com"],"dry_run":true}',
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  input: z.strictObject({
    name: z.string().trim().min(1).max(200).describe('Name of the organization.'),
    domains: z.array(z.string().max(300)).min(1).max(100).describe('Bare domains, as acme.com.'),
    domain_state: z
      .enum(['pending', 'verified'])
      .default('pending')
      .describe(
        'pending: owner proves it by DNS. verified: you vouch; its users may then be made to use SSO.',
      ),
    external_id: z
      .string()
      .regex(/^[\x20-\x7e]{1,128}$/u, '1 to 128 printable ASCII characters')
      .optional()
      .describe('Its id in your own system.'),
    metadata: z
      .record(z.string().min(1).max(40), z.string().max(600))
      .refine((metadata) => Object.keys(metadata).length <= 50, 'at most 50 keys')
      .optional()
      .describe('Text by key.'),
    dry_run: z.boolean().optional().describe('Check only; create nothing.'),
  }),
  output: z.object({
    ...resultOutput,
    dry_run: z.boolean().optional(),
    /** What was done, and where. */
    summary: z.string(),
    organization: z.object({
      id: z.string().optional(),
      name: z.string(),
      external_id: z.string().optional(),
      created_at: z.string().optional(),
      domains: z
        .array(
          z.object({
            domain: z.string(),
            state: z.string().optional(),
            dns_record: dnsRecordOutput.optional(),
          }),
        )
        .optional(),
      metadata: z.record(z.string(), z.string()).optional(),
      omitted: omittedOutput,
    }),
    omitted: omittedOutput,
  }),
  run: async (port, { dry_run, ...input }, context) => {
    const domains = parseDomains(input.domains);
    const body: NewOrganization = {
      name: input.name,
      domain_data: domains.map((domain) => ({ domain, state: input.domain_state })),
      external_id: input.external_id,
      metadata: input.metadata,
    };
    await refuseTakenDomains(port, domains);
    await refuseTakenExternalId(port, body.external_id);
    const sameName = body.external_id === undefined ? await findSameName(port, body.name) : undefined;
    if (sameName !== undefined && !(dry_run && context.confirm)) await settleSameName(context, sameName);
    const environment = shownEnvironment(context);
    const where = `the ${environment.kind} environment "${environment.name}"`;
    if (dry_run) {
      const { domain_data, ...planned } = body;
      const summary = `Nothing was created. Without dry_run this creates "${body.name}" in ${where}.${sameName === undefined ? '' : ` ${sameName}: the person will be asked first.`}`;
      return {
        value: {
          environment,
          complete: true,
          dry_run,
          summary,
          organization: { ...planned, domains: [...domain_data], metadata: input.metadata },
        },
      };
    }
    const created = await port.organizations.create(body).catch((thrown: unknown) => {
      throw explainFailure(thrown, body);
    });
    const summary = `Created "${body.name}" in ${where}.`;
    return { value: { environment, complete: true, summary, organization: toOutput(created) } };
  },
});

function toOutput({ id, name: label, external_id, created_at, domains, metadata }: Organization) {
  return {
    id,
    name: label,
    external_id,
    created_at,
    domains: domains.map((domain) => ({
      domain: domain.domain,
      state: domain.state,
      dns_record: dnsRecord(domain),
    })),
    metadata,
  };
}

async function refuseTakenDomains(port: WorkosPort, domains: readonly string[]): Promise<void> {
  const { items } = await port.organizations.list({ domains, limit: 100 });
  const taken = items.flatMap((organization) =>
    organization.domains
      .filter(({ domain }) => domains.includes(domain.toLowerCase()))
      .map(({ domain }) => `${domain} (${organization.id})`),
  );
  if (taken.length === 0) return;
  throw new AppError({
    code: 'CONFLICT',
    message: `Already used by another organization: ${taken.slice(0, 5).join(', ')}.`,
    hint: 'Call get_organization_details with that id; it may be the organization you want.',
  });
}

async function refuseTakenExternalId(port: WorkosPort, externalId: string | undefined): Promise<void> {
  const owner = externalId === undefined ? undefined : await port.organizations.byExternalId(externalId);
  if (owner !== undefined) throw takenExternalId(externalId, ` (${owner.id})`);
}

/** Says that an organization of the same name exists, if one does. */
async function findSameName(port: WorkosPort, name: string): Promise<string | undefined> {
  const [first] = (await organizationsNamed(port, name)).exact;
  return first && `An organization named "${first.name}" exists already (${first.id})`;
}

/** Names need not be unique, but a second one is mostly a mistake: it takes a yes, or an external_id to tell them apart. */
async function settleSameName(context: ToolContext, found: string): Promise<void> {
  if (context.confirm === undefined) {
    throw new AppError({
      code: 'CONFLICT',
      message: `${found}.`,
      hint: 'Use that one, choose another name, or pass an external_id that tells the two apart.',
    });
  }
  if (await context.confirm(`${found}. Create another one of the same name?`)) return;
  throw new AppError({
    code: 'DECLINED',
    message: 'The person chose not to create it.',
    hint: 'Do not try again unless the person asks for it.',
  });
}

function explainFailure(thrown: unknown, body: NewOrganization): unknown {
  if (!(thrown instanceof AppError)) return thrown;
  const domains = body.domain_data.map(({ domain }) => domain).join(', ');
  if (thrown.code === 'OUTCOME_UNKNOWN') {
    return new AppError(
      {
        code: 'OUTCOME_UNKNOWN',
        message: 'WorkOS did not confirm: the organization may or may not have been created.',
        hint: `Call list_workos_organizations with {"domain":"${body.domain_data[0]?.domain ?? ''}"} to see whether it exists before trying again.`,
      },
      { cause: thrown },
    );
  }
  if (thrown.code === 'CONFLICT') {
    return new AppError(
      {
        code: 'CONFLICT',
        message: `An organization with one of these domains exists already: ${domains}.`,
        hint: 'Call list_workos_organizations with domain to find it.',
      },
      { cause: thrown },
    );
  }
  if (refusalOf(thrown)?.code === 'external_id_already_used') {
    return takenExternalId(body.external_id, '', thrown);
  }
  return thrown;
}

function takenExternalId(externalId: string | undefined, owner: string, cause?: unknown): AppError {
  return new AppError(
    {
      code: 'CONFLICT',
      message: `external_id "${externalId ?? ''}" is already used by another organization${owner}.`,
      hint: 'Pass another external_id, or leave it out.',
    },
    { cause },
  );
}
