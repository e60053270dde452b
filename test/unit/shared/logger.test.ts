import { expect, it } from 'vitest';
import { streamLogger } from '../../../src/shared/logger.ts';

it('writes one line per message, with its level, and no debug lines', () => {
  const written: string[] = [];
  const logger = streamLogger({ write: (text) => written.push(text) });
  logger.debug('a');
  logger.info('b');
  logger.warn('c');
  logger.error('d');
  expect(written).toEqual(['info b\n', 'warn c\n', 'error d\n']);
});
