import { describe, expect, it } from 'vitest';
import {
  AWS_KEY_ID,
  HIDDEN_KEY,
  JWT,
  JWT_HEADER,
  JWT_PAYLOAD,
  LIVE_KEY,
  PLAIN_KEY,
  SLACK_HOOK,
  SLACK_TOKEN,
  TEST_KEY,
} from '../../support/secrets.ts';
import { found } from './support.ts';

const PEM = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEowIBAAKCAQEA', '-----END RSA PRIVATE KEY-----'].join(
  '\n',
);

describe('workos_key', () => {
  it.each([
    [TEST_KEY, TEST_KEY],
    [LIVE_KEY, LIVE_KEY],
    [`key=${TEST_KEY};`, TEST_KEY],
    [TEST_KEY.replace('sk', 'Sk'), TEST_KEY.replace('sk', 'Sk')],
    [`WORKOS_API_KEY_${TEST_KEY}`, TEST_KEY],
    [PLAIN_KEY, PLAIN_KEY],
    [HIDDEN_KEY, HIDDEN_KEY],
  ])('finds %s', (text, key) => {
    expect(found('workos_key', text)).toEqual([key]);
  });

  it.each([
    'sk_test_…',
    'sk_test_',
    'starts with sk_live_',
    'task_test_abcdefghijk',
    'risk_live_assessment_done',
    'sk_abcdefghijklmnopqrstuvwxyz',
    'org_01E4ZCR3C56J083X43JQXF3JK5',
    'pk_test_a2V5XzAxRTRaQ1IzQzU2',
  ])('leaves %s', (text) => {
    expect(found('workos_key', text)).toEqual([]);
  });
});

describe('secret', () => {
  const b = 'aB3'.repeat(20);
  it.each([
    [AWS_KEY_ID],
    [AWS_KEY_ID.replace('AKIA', 'ASIA')],
    [`ghp_${b.slice(0, 36)}`],
    [`ghs_${b.slice(0, 40)}`],
    [`Ghp_${b.slice(0, 36)}`],
    [`ghp_${b.slice(0, 12)}`],
    [`github_pat_${b.slice(0, 22)}_${b}`],
    [`glpat-${b.slice(0, 20)}`],
    [SLACK_TOKEN],
    [`xapp-1-${b}`],
    [SLACK_HOOK],
    [`rk_live_${b}`],
    [`whsec_${b}`],
    [`AIza${b.slice(0, 35)}`],
    [`GOCSPX-${b.slice(0, 28)}`],
    [`ya29.${b}`],
    [`npm_${b.slice(0, 36)}`],
    [`pypi-${b}`],
    [`SG.${b.slice(0, 22)}.${b.slice(0, 43)}`],
    [`shpat_${'0123456789abcdef'.repeat(2)}`],
    [`sk-ant-api03-${b}`],
    [`sk-proj-${b}`],
    [PEM],
    [PEM.replaceAll('RSA ', '')],
    [PEM.slice(0, 50)],
  ])('finds %s', (secret) => {
    expect(found('secret', secret)).toEqual([secret]);
    expect(found('secret', `a "${secret}"`)[0]?.startsWith(secret)).toBe(true);
  });

  it.each([
    ['postgres://app:hunter2@db.acme.com/x', 'hunter2'],
    [`Authorization: Bearer ${b}==`, `${b}==`],
    [`AWS_SECRET_ACCESS_KEY=${'aB3/'.repeat(10)}`, 'aB3/'.repeat(10)],
    [`{"secretAccessKey":"${'aB3+'.repeat(10)}"}`, 'aB3+'.repeat(10)],
  ])('finds what is secret in %s', (text, secret) => {
    expect(found('secret', text)).toEqual([secret]);
  });

  it.each([
    'AKIA is how keys of AWS begin',
    'asiapacificregionsla',
    'AKIAABCDEFGH2345JKLMN',
    'ghp_short',
    'a-task-named-sk-learn-something-1',
    'sk-learn-something-long-name-1',
    '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----',
    '-----BEGIN PUBLIC KEY-----',
    'https://acme.com:8443/path@here',
    'https://jane@acme.com/',
    'Bearer token',
    'the bearer of this',
    'org_01E4ZCR3C56J083X43JQXF3JK5',
    'workos-domain-verification=aB3aB3aB3aB3',
    'SG.1',
  ])('leaves %s', (text) => {
    expect(found('secret', text)).toEqual([]);
  });
});

describe('jwt', () => {
  it.each([
    [JWT, JWT],
    [`${JWT_HEADER}.${JWT_PAYLOAD}.`, `${JWT_HEADER}.${JWT_PAYLOAD}.`],
    [`token=${JWT};`, JWT],
    [`id-${JWT}`, JWT],
    [JWT.replaceAll('eyJ', 'EyJ'), JWT.replaceAll('eyJ', 'EyJ')],
    [`www.acme.com.${JWT}`, JWT],
    [`a.${JWT} b`, JWT],
  ])('finds %s', (text, jwt) => {
    expect(found('jwt', text)).toEqual([jwt]);
  });

  it.each([JWT_HEADER, `${JWT_HEADER}.x`, `${JWT_HEADER}. ${JWT_PAYLOAD}`, 'eyJ.eyJ', 'hey.JoeyJones.com'])(
    'leaves %s',
    (text) => {
      expect(found('jwt', text)).toEqual([]);
    },
  );
});
