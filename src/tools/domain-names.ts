import { domainToASCII } from 'node:url';
import { AppError } from '../shared/errors.ts';

/** Mail providers open to everybody; WorkOS refuses them, and an organization never owns one. */
const CONSUMER_DOMAINS: ReadonlySet<string> = new Set(
  (
    'aol.com att.net bellsouth.net btinternet.com charter.net comcast.net cox.net duck.com fastmail.com ' +
    'free.fr gmail.com gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.fr ' +
    'icloud.com inbox.com laposte.net libero.it live.com mac.com mail.com mail.ru me.com msn.com naver.com ' +
    'orange.fr outlook.com proton.me protonmail.com qq.com rediffmail.com rocketmail.com sbcglobal.net ' +
    't-online.de tutanota.com verizon.net web.de yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.de ' +
    'yahoo.fr yandex.com yandex.ru ymail.com zoho.com 126.com 163.com'
  ).split(' '),
);

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/u;

/** Why a text can't be a domain, as the end of a sentence that begins with it. */
const PROBLEMS = {
  empty: 'is empty',
  notBare: 'is not a bare domain such as example.com',
  notValid: 'is not a valid domain name',
  noTopLevel: 'lacks a top-level domain, as .com',
  ipAddress: 'is an IP address, not a domain',
  consumer: 'is a consumer mail domain, which no organization owns',
} as const;
export type DomainProblem = keyof typeof PROBLEMS;

/** A domain as WorkOS stores it (lower case, punycode), or why it can't be one. */
export function parseDomain(text: string): { domain: string } | { problem: DomainProblem } {
  const given = text.trim().toLowerCase().replace(/\.$/u, '');
  if (given === '') return { problem: 'empty' };
  if (/[/:@?#\s]/u.test(given)) return { problem: 'notBare' };
  const domain = domainToASCII(given);
  const labels = domain.split('.');
  if (domain === '' || domain.length > 253 || !labels.every((label) => LABEL.test(label))) {
    return { problem: 'notValid' };
  }
  if (labels.length < 2) return { problem: 'noTopLevel' };
  if (/^\d+$/u.test(labels.at(-1) ?? '')) return { problem: 'ipAddress' };
  if (CONSUMER_DOMAINS.has(domain)) return { problem: 'consumer' };
  return { domain };
}

/** The domains as the API stores them, without repetitions. Throws INVALID_INPUT naming every bad one. */
export function parseDomains(given: readonly string[]): string[] {
  const domains = new Set<string>();
  const problems: string[] = [];
  for (const text of given) {
    const parsed = parseDomain(text);
    if ('domain' in parsed) domains.add(parsed.domain);
    else problems.push(`domains: "${text.slice(0, 100)}" ${PROBLEMS[parsed.problem]}`);
  }
  if (problems.length === 0) return [...domains];
  throw new AppError({
    code: 'INVALID_INPUT',
    message: problems.slice(0, 5).join('; '),
    hint: 'Correct the domains and call again.',
  });
}
