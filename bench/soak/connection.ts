import type { Socket } from 'node:net';
import type { Asked } from './answers.ts';
import type { Step } from './scripts.ts';

/** What is done with a request; asked twice: when its head has come, and when all of it has. */
export interface Playing {
  /** Whether the connection is to be reset before the whole request was read. */
  breaksEarly(id: string): boolean;
  /** The whole request was read. */
  script(asked: Asked): readonly Step[];
}

const HEAD_END = '\r\n\r\n';

/** Resets a connection; one of TLS can only be closed. */
export function reset(socket: Socket): void {
  if ('encrypted' in socket) socket.destroy();
  else socket.resetAndDestroy();
}

function perform(socket: Socket, steps: readonly Step[], at = 0): void {
  const step = steps[at];
  if (step === undefined || socket.destroyed) return;
  if (step === 'reset') {
    reset(socket);
  } else if (step === 'end') {
    socket.end();
  } else if ('waitMs' in step) {
    const timer = setTimeout(() => {
      socket.off('close', stop);
      perform(socket, steps, at + 1);
    }, step.waitMs);
    const stop = () => clearTimeout(timer);
    socket.once('close', stop);
  } else {
    socket.write(step.say);
    perform(socket, steps, at + 1);
  }
}

function askedOf(head: string): Asked {
  const header = (name: string) => new RegExp(`^${name}: *(.+?)\\r$`, 'im').exec(`${head}\r`)?.[1];
  return {
    id: header('x-request-id') ?? '',
    isWrite: head.startsWith('POST ') && head.includes('/account/vtnumber '),
    trCode: header('x-tr-code'),
  };
}

/** Reads the requests of a connection, one after the other, and does with each what is planned for it. */
export function converse(socket: Socket, playing: Playing): void {
  let text = '';
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('data', (octets: Buffer) => {
    // As Latin-1 every octet is one letter, so that lengths can be counted.
    text += octets.toString('latin1');
    const end = text.indexOf(HEAD_END);
    if (end < 0) return;
    const head = text.slice(0, end);
    const asked = askedOf(head);
    if (playing.breaksEarly(asked.id)) {
      reset(socket);
      return;
    }
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    if (text.length < end + HEAD_END.length + length) return;
    text = text.slice(end + HEAD_END.length + length);
    perform(socket, playing.script(asked));
  });
}
