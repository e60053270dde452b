/** Types whose name does not end in their protocol. */
const PROTOCOLS: Readonly<Record<string, string>> = {
  MagicLink: 'Magic Link',
  TestIdp: 'Test',
  Pending: 'not chosen',
};

/** Names as the providers write them, where splitting the type's words would not give them. */
const PROVIDERS: Readonly<Record<string, string>> = {
  ADFS: 'AD FS',
  Auth0: 'Auth0',
  Azure: 'Microsoft Entra ID',
  EntraId: 'Microsoft Entra ID',
  Generic: 'Generic',
  GitHub: 'GitHub',
  Github: 'GitHub',
  GitLab: 'GitLab',
  JumpCloud: 'JumpCloud',
  LastPass: 'LastPass',
  LinkedIn: 'LinkedIn',
  LoginGov: 'Login.gov',
  NetIq: 'NetIQ',
  OneLogin: 'OneLogin',
  PingFederate: 'PingFederate',
  PingOne: 'PingOne',
  SimpleSamlPhp: 'SimpleSAMLphp',
  VMware: 'VMware',
};

/** Protocol and provider told by a connection type such as `OktaSAML`; unknown types read as they are. */
export function describeConnectionType(type: string): { protocol?: string; provider?: string } {
  const fixed = PROTOCOLS[type];
  if (fixed !== undefined) return { protocol: fixed };
  const [, stem = type, suffix = ''] = /^(.+?)(SAML|OIDC|Oidc|OAuth)$/u.exec(type) ?? [];
  const provider = PROVIDERS[stem] ?? stem.replace(/([a-z])([A-Z])/gu, '$1 $2');
  return suffix === '' ? { provider } : { protocol: suffix === 'Oidc' ? 'OIDC' : suffix, provider };
}

/** Provider told by a directory type such as `okta scim v2.0`. */
export function describeDirectoryType(type: string): string | undefined {
  const stem = type.replace(/ ?scim v[\d.]+$/u, '').replace(/ directory$/u, '');
  return stem === ''
    ? undefined
    : (DIRECTORY_PROVIDERS[stem] ?? stem.replace(/\b[a-z]/gu, (letter) => letter.toUpperCase()));
}

const DIRECTORY_PROVIDERS: Readonly<Record<string, string>> = {
  azure: 'Microsoft Entra ID',
  bamboohr: 'BambooHR',
  'breathe hr': 'Breathe HR',
  'cezanne hr': 'Cezanne HR',
  cyberark: 'CyberArk',
  'fourth hr': 'Fourth HR',
  generic: 'Generic SCIM',
  gsuite: 'Google Workspace',
  hibob: 'HiBob',
  'jump cloud': 'JumpCloud',
  onelogin: 'OneLogin',
  'people hr': 'People HR',
  pingfederate: 'PingFederate',
  s3: 'S3',
  sailpoint: 'SailPoint',
  sftp: 'SFTP',
  'sftp workday': 'Workday (SFTP)',
};
