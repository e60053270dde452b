import type { CallRecord } from '../../gateway/record.ts';

/** Why a call could not use the account: there is no key, or WorkOS does not accept it. */
export type KeyTrouble = 'missing' | 'refused';

/** Asks for a key when a call of an agent or a tree fails for want of one: once per session, however often it happens. */
export function requestKeyOnce(ask: (trouble: KeyTrouble) => void): (record: CallRecord) => void {
  let asked = false;
  return (record) => {
    const trouble = troubleOf(record);
    if (asked || trouble === undefined) return;
    asked = true;
    ask(trouble);
  };
}

/** A command tells its person itself. */
function troubleOf({ caller, status }: CallRecord): KeyTrouble | undefined {
  if (caller.kind === 'person' && caller.surface !== 'tree') return undefined;
  if (status === 'NO_API_KEY') return 'missing';
  return status === 'INVALID_API_KEY' ? 'refused' : undefined;
}
