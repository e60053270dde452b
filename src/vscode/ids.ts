/** Every command this extension contributes; a test compares them with package.json. */
export const COMMANDS = {
  addEnvironment: 'workos.addEnvironment',
  switchEnvironment: 'workos.switchEnvironment',
  removeEnvironment: 'workos.removeEnvironment',
  exploreSampleAccount: 'workos.exploreSampleAccount',
  allowWrites: 'workos.allowWrites',
  createOrganization: 'workos.createOrganization',
  refresh: 'workos.refresh',
  find: 'workos.find',
  clearFind: 'workos.clearFind',
  loadMore: 'workos.loadMore',
  openDetails: 'workos.openDetails',
  copyId: 'workos.copyId',
  copyMcpEndpoint: 'workos.copyMcpEndpoint',
  showLog: 'workos.showLog',
} as const;

/** The views in the activity-bar container. */
export const VIEWS = {
  organizations: 'workos.organizations',
  connections: 'workos.connections',
  directories: 'workos.directories',
} as const;

/** Context key that is true once this window has an environment. */
export const HAS_ENVIRONMENT = 'workos.hasEnvironment';
/** Id of the MCP server definition provider. */
export const MCP_PROVIDER = 'workos.mcp';
/** Scheme of the read-only documents that details open as. */
export const SCHEME = 'workos';
