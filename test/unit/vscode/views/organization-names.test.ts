import { describe, expect, it } from 'vitest';
import { OrganizationNames } from '../../../../src/vscode/views/organization-names.ts';

describe('OrganizationNames', () => {
  it('tells of names that are new, once', () => {
    const names = new OrganizationNames();
    let told = 0;
    names.onLearn(() => void (told += 1));
    const learn = names.learner();
    learn([{ id: 'org_1', name: 'Acme' }, { id: 'org_2', name: '' }, { id: 'org_3' }]);
    learn([{ id: 'org_1', name: 'Acme' }]);
    expect(told).toBe(1);
    expect([names.get('org_1'), names.get('org_2'), names.get(undefined)]).toEqual([
      'Acme',
      undefined,
      undefined,
    ]);
    learn([{ id: 'org_1', name: 'Acme Inc' }]);
    expect([told, names.get('org_1')]).toEqual([2, 'Acme Inc']);
  });

  it('takes nothing more from an account that was left', () => {
    const names = new OrganizationNames();
    const late = names.learner();
    names.forget();
    late([{ id: 'org_1', name: 'Acme' }]);
    expect(names.get('org_1')).toBeUndefined();
    names.learner()([{ id: 'org_1', name: 'Umbra' }]);
    expect(names.get('org_1')).toBe('Umbra');
  });
});
