import { detect } from '../../../src/privacy/detectors.ts';
import { DETECTOR_NAMES, type DetectorName } from '../../../src/privacy/policy.ts';

/** The pieces of a text that a detector recognises. */
export function found(detector: DetectorName, text: string): string[] {
  return detect(text, new Set([detector])).map(({ start, end }) => text.slice(start, end));
}

/** What all detectors together recognise in a text. */
export function foundByAny(text: string): { detector: DetectorName; piece: string }[] {
  return detect(text, new Set(DETECTOR_NAMES)).map(({ detector, start, end }) => ({
    detector,
    piece: text.slice(start, end),
  }));
}
