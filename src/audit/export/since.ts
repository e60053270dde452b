const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A time as ISO, from an ISO date or time, or from so many minutes, hours or days ago (`30m`, `12h`, `7d`); `undefined` for anything else. */
export function sinceTime(text: string, now: Date): string | undefined {
  const { count, unit } = /^(?<count>\d{1,6})(?<unit>[mhd])$/u.exec(text)?.groups ?? {};
  if (count !== undefined && (unit === 'm' || unit === 'h' || unit === 'd'))
    return new Date(now.getTime() - Number(count) * UNITS_MS[unit]).toISOString();
  if (!/^\d{4}-\d\d-\d\d(?:T[\d:.]{5,12}(?:Z|[+-]\d\d:\d\d))?$/u.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
