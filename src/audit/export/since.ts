const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DAY_LENGTH = '2026-01-31'.length;

/** A time as ISO, from an ISO date or time, or from so many minutes, hours or days ago (`30m`, `12h`, `7d`); `undefined` for anything else. */
export function sinceTime(text: string, now: Date): string | undefined {
  const { count, unit } = /^(?<count>\d{1,6})(?<unit>[mhd])$/u.exec(text)?.groups ?? {};
  if (count !== undefined && (unit === 'm' || unit === 'h' || unit === 'd'))
    return new Date(now.getTime() - Number(count) * UNITS_MS[unit]).toISOString();
  if (!/^\d{4}-\d\d-\d\d(?:T[\d:.]{5,12}(?:Z|[+-]\d\d:\d\d))?$/u.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) || !isDay(text.slice(0, DAY_LENGTH)) ? undefined : new Date(time).toISOString();
}

/** `Date` takes the 31st of February for the 3rd of March. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
