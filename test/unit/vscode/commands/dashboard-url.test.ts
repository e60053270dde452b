import { describe, expect, it } from 'vitest';
import { dashboardUrl } from '../../../../src/vscode/commands/dashboard-url.ts';

describe('dashboardUrl', () => {
  it.each([
    [undefined, 'org_1', 'https://dashboard.workos.com/organizations'],
    ['environment_01AB', 'org_1', 'https://dashboard.workos.com/environment_01AB/organizations/org_1'],
    ['environment_01AB', undefined, 'https://dashboard.workos.com/environment_01AB/organizations'],
    ['../evil', 'org_1', 'https://dashboard.workos.com/organizations'],
    ['environment_1', '../x?y', 'https://dashboard.workos.com/environment_1/organizations/..%2Fx%3Fy'],
  ])('of %s and %s', (environment, organization, url) => {
    expect(dashboardUrl(environment, organization)).toBe(url);
  });
});
