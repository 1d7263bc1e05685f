import { once } from 'node:events';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { CallerGone, goneSignal } from '../../src/gateway/disconnect.ts';

describe('the signal of a connection', () => {
  it('is one for all of its calls', () => {
    const socket = new Socket();
    expect(goneSignal(socket)).toBe(goneSignal(socket));
    expect(goneSignal(new Socket())).not.toBe(goneSignal(socket));
  });

  it('tells everybody who listens that it is gone, and nobody who no longer does', async () => {
    const socket = new Socket();
    const signal = goneSignal(socket);
    const told: string[] = [];
    const left = () => told.push('left');
    signal.addEventListener('abort', () => told.push('first'));
    signal.addEventListener('abort', left);
    signal.addEventListener('abort', () => told.push('last'));
    signal.removeEventListener('abort', left);
    expect(signal.aborted).toBe(false);
    socket.destroy();
    await once(socket, 'close');
    expect(told).toEqual(['first', 'last']);
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toBeInstanceOf(CallerGone);
  });

  it('has aborted from the start where the connection is gone already', async () => {
    const socket = new Socket();
    socket.destroy();
    await once(socket, 'close');
    expect(goneSignal(socket).aborted).toBe(true);
  });
});
