/** Every command this extension contributes; a test compares them with package.json. */
export const COMMANDS = {
  createOrganization: 'workos.createOrganization',
  securityEvents: 'workos.securityEvents',
  exportRoster: 'workos.exportRoster',
  findPerson: 'workos.findPerson',
  addEnvironment: 'workos.addEnvironment',
  setApiKey: 'workos.setApiKey',
  switchEnvironment: 'workos.switchEnvironment',
  removeEnvironment: 'workos.removeEnvironment',
  exploreSampleAccount: 'workos.exploreSampleAccount',
  allowWrites: 'workos.allowWrites',
  stopWrites: 'workos.stopWrites',
  showMenu: 'workos.showMenu',
  openWalkthrough: 'workos.openWalkthrough',
  stopEverything: 'workos.stopEverything',
  resume: 'workos.resume',
  reviewApprovals: 'workos.reviewApprovals',
  verifyAuditTrail: 'workos.verifyAuditTrail',
  openAuditTrail: 'workos.openAuditTrail',
  exportAuditTrail: 'workos.exportAuditTrail',
  exportEvidence: 'workos.exportEvidence',
  refresh: 'workos.refresh',
  find: 'workos.find',
  clearFind: 'workos.clearFind',
  /** One per view: a command in a title bar is not told which view it is in. */
  findOrganizations: 'workos.findOrganizations',
  findConnections: 'workos.findConnections',
  findDirectories: 'workos.findDirectories',
  clearFindOrganizations: 'workos.clearFindOrganizations',
  clearFindConnections: 'workos.clearFindConnections',
  clearFindDirectories: 'workos.clearFindDirectories',
  groupByOrganization: 'workos.groupByOrganization',
  groupByState: 'workos.groupByState',
  loadMore: 'workos.loadMore',
  openDetails: 'workos.openDetails',
  refreshDetails: 'workos.refreshDetails',
  showValues: 'workos.showValues',
  hideValues: 'workos.hideValues',
  filterEvents: 'workos.filterEvents',
  exportEvents: 'workos.exportEvents',
  reveal: 'workos.reveal',
  revealOrganization: 'workos.revealOrganization',
  copyId: 'workos.copyId',
  copyName: 'workos.copyName',
  copyTxtRecord: 'workos.copyTxtRecord',
  openInDashboard: 'workos.openInDashboard',
  askCopilot: 'workos.askCopilot',
  manageTokens: 'workos.manageTokens',
  copyMcpEndpoint: 'workos.copyMcpEndpoint',
  showFigures: 'workos.showFigures',
  showLog: 'workos.showLog',
  runDiagnostics: 'workos.runDiagnostics',
  reportIssue: 'workos.reportIssue',
} as const;

/** Commands that begin with questions and end with calls: while everything is stopped, they offer to resume instead. */
export const NEED_ACCOUNT: readonly string[] = [
  COMMANDS.createOrganization,
  COMMANDS.securityEvents,
  COMMANDS.exportRoster,
  COMMANDS.findPerson,
];

/** Commands that do nothing without an environment: the palette hides them then, and they offer one. */
export const NEED_ENVIRONMENT: readonly string[] = [
  ...NEED_ACCOUNT,
  COMMANDS.allowWrites,
  COMMANDS.stopWrites,
  COMMANDS.refresh,
  COMMANDS.find,
  COMMANDS.clearFind,
];

/** The views in the activity-bar container. */
export const VIEWS = {
  organizations: 'workos.organizations',
  connections: 'workos.connections',
  directories: 'workos.directories',
} as const;

/** Context keys that menus and welcome texts of package.json look at. */
export const CONTEXT = {
  /** True once the extension runs: before, the other keys say nothing. */
  active: 'workos.active',
  /** True while environments are stored, whichever this window has. */
  hasStored: 'workos.hasStored',
  /** True while this window has an environment. */
  hasEnvironment: 'workos.hasEnvironment',
  /** True while the kill switch keeps everything from being served. */
  stopped: 'workos.stopped',
  /** True while nothing is served because what is offered is not what was accepted. */
  locked: 'workos.locked',
  /** Addresses of the documents that mask values. */
  masked: 'workos.maskedDocuments',
  /** Addresses of the documents that show values which agents do not get. */
  whole: 'workos.wholeDocuments',
  /** Ids of the views that show a search. */
  searchedViews: 'workos.searchedViews',
  /** How SSO connections are grouped: `organization` or `state`. */
  connectionsBy: 'workos.connectionsBy',
} as const;
/** Context key of why a view has no rows: `empty`, `notFound`, `key` or `offline`; otherwise `rows`. */
export function viewStateKey(view: string): string {
  return `${view}.state`;
}
/** Id of this extension. */
export const EXTENSION_ID = 'workos-mcp.workos-mcp';
/** Id of the MCP server definition provider. */
export const MCP_PROVIDER = 'workos.mcp';
/** Scheme of the read-only document of figures. */
export const FIGURES_SCHEME = 'workos-figures';
/** Scheme of the read-only documents that details open as. */
export const SCHEME = 'workos';
/** Scheme of the read-only document of audit records. */
export const AUDIT_SCHEME = 'workos-audit';
/** Of the document of diagnostics. */
export const DIAGNOSTICS_SCHEME = 'workos-diagnostics';
