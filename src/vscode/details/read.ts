import type { Invoke } from '../../gateway/gateway.ts';
import { PERSON } from '../caller.ts';
import type { Found } from './render.ts';
import type { Target } from './target.ts';

/** Asks the account for the details of an object. */
export async function readDetails(invoke: Invoke, { kind, id }: Target, signal: AbortSignal): Promise<Found> {
  const options = { signal };
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
