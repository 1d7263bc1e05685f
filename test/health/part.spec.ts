import { describe, expect, it } from '@jest/globals';
import { FAULTS, FAULT_NAMES } from '../../src/catalog/faults.ts';
import { isOfMaintenance, partOf } from '../../src/health/part.ts';

const APART = {
  'maintenance-window': 'refused',
  'breaker-open': 'refused',
  'bulkhead-full': 'refused',
  'deadline-exceeded': 'refused',
  'broker-error': 'business',
  'item-failed': 'business',
  'unknown-broker': 'nothing',
  'unknown-operation': 'nothing',
  'missing-field': 'nothing',
} as const;

function isApart(fault: string): fault is keyof typeof APART {
  return Object.hasOwn(APART, fault);
}

describe('the end of a call', () => {
  it.each(FAULT_NAMES)('with %s counts where its row says, or apart', (fault) => {
    expect(partOf(fault)).toBe(isApart(fault) ? APART[fault] : FAULTS[fault].blame);
  });

  it('without a fault is a success', () => {
    expect(partOf(undefined)).toBe('success');
  });
});

describe('maintenance', () => {
  it('is what three faults speak of', () => {
    expect(FAULT_NAMES.filter(isOfMaintenance)).toEqual([
      'maintenance-window',
      'maintenance-page',
      'broker-unavailable',
    ]);
  });
});
