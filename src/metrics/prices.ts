import { z } from 'zod';

/** What a model's provider takes for a million tokens read (`input`) and written (`output`). */
const priceSchema = z.strictObject({ input: z.number().min(0).max(1e6), output: z.number().min(0).max(1e6) });

/** Which price holds for the model behind a client; `*` for those that are not named. Which model it is, no client says. */
export const pricesSchema = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/u),
  clients: z
    .record(z.string().max(100), priceSchema)
    .refine((clients) => '*' in clients, 'needs a price for "*"'),
});

export type Price = z.infer<typeof priceSchema>;
export type Prices = z.infer<typeof pricesSchema>;

const MILLION = 1_000_000;

/** A middling list price; whoever knows better says so. */
export const DEFAULT_PRICES: Prices = { currency: 'USD', clients: { '*': { input: 3, output: 15 } } };

/** The price for the model behind a client. */
export function priceFor({ clients }: Prices, client: string): Price {
  const named = Object.hasOwn(clients, client) ? clients[client] : undefined;
  return named ?? clients['*'] ?? { input: 0, output: 0 };
}

/** What so many tokens cost, in the currency of the prices. */
export function costOf(price: Price, { input, output }: Price): number {
  return (input * price.input + output * price.output) / MILLION;
}
