import type { Invoke } from '../../gateway/gateway.ts';
import type { InvokeOptions } from '../../gateway/steps.ts';
import { PERSON } from '../caller.ts';
import type { Found } from './render.ts';
import type { Target } from './target.ts';

/** Asks the account for the details of an object; `redacted` as agents see them. */
export async function readDetails(
  invoke: Invoke,
  { kind, id }: Target,
  options: Pick<InvokeOptions, 'signal' | 'redacted'>,
): Promise<Found> {
  switch (kind) {
    case 'organization':
      return {
        kind,
        outcome: await invoke('get_organization_details', { organization: id }, PERSON, options),
      };
    case 'connection':
      return {
        kind,
        outcome: await invoke('get_sso_connection_details', { connection_id: id }, PERSON, options),
      };
    case 'directory':
      return { kind, outcome: await invoke('get_directory_details', { directory_id: id }, PERSON, options) };
    default:
      return kind;
  }
}
