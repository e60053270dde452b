/** How the tools fit together, told to the client's model once per session. */
export const INSTRUCTIONS = [
  'These tools answer questions about one WorkOS account; `environment` in every result names it.',
  'Start from the organization: tools that take `organization` accept its id, exact name or domain. Ids of connections, directories, groups and users come from the list tools.',
  'For what is broken, call list_sso_connections or list_directories with `attention: true`; details tools explain every finding in `issues`.',
  'A result may be partial: `complete` says whether everything matching was seen. For more, repeat the call with `cursor` set to `next_cursor`; where a details result names a field in `omitted`, read it by `section`; for a list row, call its details tool. For how many, use `count: true` instead of paging.',
  'Before create_workos_organization, call it with `dry_run: true` and show the person what would be written.',
  'Values the person keeps from agents read `[redacted:…]`; `redacted` counts them by kind.',
  'Times are UTC. Errors carry a code and a hint that says what to do next.',
].join('\n');
