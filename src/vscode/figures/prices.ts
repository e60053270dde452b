import { DEFAULT_PRICES, type Prices, pricesSchema } from '../../metrics/prices.ts';
import { isRecord } from '../../shared/json.ts';
import type { Settings } from '../settings.ts';

/** The setting, without `workos.`. */
export const PRICES_SETTING = 'prices';

/** Prices as they are set; with bad ones those by default, and where the first fault is. */
export interface SetPrices {
  readonly prices: Prices;
  /** The place in the setting, as `clients.*.input`; empty for the whole of it. */
  readonly fault?: string;
}

/** Reads `workos.prices`; nothing in it means those by default. */
export function setPrices(settings: Settings): SetPrices {
  const value = settings().get<unknown>(PRICES_SETTING);
  if (value === undefined || (isRecord(value) && Object.keys(value).length === 0))
    return { prices: DEFAULT_PRICES };
  const parsed = pricesSchema.safeParse(value);
  if (parsed.success) return { prices: parsed.data };
  return { prices: DEFAULT_PRICES, fault: (parsed.error.issues[0]?.path ?? []).join('.') };
}
