import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { EventHub } from '../../src/runtime/events.ts';

interface Events {
  call: { readonly id: number };
  state: { readonly open: boolean };
}

const published: unknown[] = [];

function publish(record: unknown): void {
  published.push(record);
}

afterEach(() => {
  unsubscribe('op-exco:call', publish);
  published.length = 0;
  jest.restoreAllMocks();
});

describe('an event', () => {
  it('reaches every listener of its name, in the order they came', () => {
    const hub = new EventHub<Events>();
    const heard: unknown[] = [];
    hub.on('call', ({ id }) => heard.push(['first', id]));
    hub.on('call', ({ id }) => heard.push(['second', id]));
    hub.on('state', ({ open }) => heard.push(['state', open]));
    hub.emit('call', { id: 1 });
    expect(heard).toEqual([
      ['first', 1],
      ['second', 1],
    ]);
  });

  it('reaches nobody who was removed, however often', () => {
    const hub = new EventHub<Events>();
    const heard: number[] = [];
    const off = hub.on('call', ({ id }) => heard.push(id));
    hub.emit('call', { id: 1 });
    off();
    off();
    hub.emit('call', { id: 2 });
    expect(heard).toEqual([1]);
  });

  it('reaches a listener that removes itself, and the ones behind it', () => {
    const hub = new EventHub<Events>();
    const heard: string[] = [];
    const off = hub.on('call', () => {
      heard.push('once');
      off();
    });
    hub.on('call', () => heard.push('always'));
    hub.emit('call', { id: 1 });
    hub.emit('call', { id: 2 });
    expect(heard).toEqual(['once', 'always', 'always']);
  });

  it('is published on its diagnostics channel, with and without listeners', () => {
    subscribe('op-exco:call', publish);
    new EventHub<Events>().emit('call', { id: 1 });
    expect(published).toEqual([{ id: 1 }]);
  });
});

describe('a listener that throws', () => {
  it('harms neither the one who told it nor the other listeners, and is warned about without its message', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const hub = new EventHub<Events>();
    const heard: number[] = [];
    hub.on('call', () => {
      throw new RangeError('SECRET');
    });
    hub.on('call', ({ id }) => heard.push(id));
    hub.emit('call', { id: 1 });
    expect(heard).toEqual([1]);
    expect(warn.mock.calls).toEqual([['A listener for "call" threw (RangeError).', 'OpExcoWarning']]);
  });

  it('may throw anything', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const hub = new EventHub<Events>();
    const thrown: unknown = null;
    hub.on('call', () => {
      throw thrown;
    });
    hub.emit('call', { id: 1 });
    expect(warn.mock.calls).toEqual([['A listener for "call" threw (error).', 'OpExcoWarning']]);
  });
});

describe('whether anybody hears', () => {
  it.each(['listener', 'channel'] as const)('is known, given a %s', (kind) => {
    const hub = new EventHub<Events>();
    expect(hub.isHeard('call')).toBe(false);
    const off = hub.on(kind === 'listener' ? 'call' : 'state', () => undefined);
    if (kind === 'channel') subscribe('op-exco:call', publish);
    expect(hub.isHeard('call')).toBe(true);
    off();
    unsubscribe('op-exco:call', publish);
    expect(hub.isHeard('call')).toBe(false);
  });
});
