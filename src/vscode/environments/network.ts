import type { WorkspaceConfiguration } from 'vscode';
import { type Network, proxyFromEnvironment } from '../../shared/network.ts';

type Section = Pick<WorkspaceConfiguration, 'get'>;

/**
 * How this window reaches WorkOS: by `workos.network`, with the proxy of the editor's settings or else of the
 * environment. `http.proxyStrictSSL` is not looked at: certificates are always checked.
 */
export function networkFrom(
  settings: (section: 'workos' | 'http') => Section,
  environment: Readonly<Record<string, string | undefined>>,
): Network {
  const http = settings('http');
  if (settings('workos').get('network') === 'vscode') return { through: 'editor' };
  if (http.get('proxySupport') === 'off') return { through: 'direct' };
  const around = proxyFromEnvironment(environment);
  const exceptions = strings(http.get('noProxy'));
  return {
    through: 'direct',
    proxy: text(http.get('proxy')) ?? around.proxy,
    noProxy: exceptions.length > 0 ? exceptions : around.noProxy,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
