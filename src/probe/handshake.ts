import net, { type Socket } from 'node:net';
import tls, { type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import type { BrokerProfile } from '../model/broker.ts';
import type { TlsStepResult } from '../model/probe.ts';
import type { Address } from '../transport/address.ts';
import { chainOf, daysLeftOf } from './certificate.ts';
import { since, type Taken } from './dial.ts';
import { reached, type Patience } from './watch.ts';

/** What was seen of the other side while the keys were agreed. */
interface Seen {
  certificate: DetailedPeerCertificate | undefined;
  protocol: string | undefined;
  isKeyed: boolean;
}

/**
 * Looks at the certificate the moment the handshake is over and before it is judged: Node tells `secure` first to those
 * who asked first, and verifies, and closes, behind them. Nothing is trusted and nothing is sent on the strength of it.
 */
function lookAt(secured: TLSSocket): Seen {
  const seen: Seen = { certificate: undefined, protocol: undefined, isKeyed: false };
  secured.prependOnceListener('secure', () => {
    seen.certificate = secured.getPeerCertificate(true);
    seen.protocol = secured.getProtocol() ?? undefined;
  });
  secured.once('keylog', () => {
    seen.isKeyed = true;
  });
  return seen;
}

/** Shakes hands as every call does, certificates verified, and says what was shown even where that is refused. */
export async function handshake(
  { tls: material }: BrokerProfile,
  { host, secure }: Address,
  socket: Socket,
  patience: Patience,
  wallMs: number,
): Promise<Taken<TlsStepResult, TLSSocket>> {
  const startMs = patience.clock.nowMs();
  const name = net.isIP(host) === 0 ? { servername: host } : {};
  const secured = tls.connect({ socket, host, ...name, ALPNProtocols: ['http/1.1'], ...secure });
  secured.on('error', () => undefined);
  const seen = lookAt(secured);
  const ended = await reached(patience, secured, 'secureConnect', () => ({
    phase: 'tls',
    sent: 'no',
    isKeyed: seen.isKeyed,
  }));
  const ownDaysLeft = material?.cert === undefined ? undefined : daysLeftOf(material.cert, wallMs);
  const result: TlsStepResult = {
    ms: since(startMs, patience),
    ...('failed' in ended && { failed: ended.failed }),
    chain: chainOf(seen.certificate, wallMs),
    ...(seen.protocol !== undefined && { protocol: seen.protocol }),
    ...(ownDaysLeft !== undefined && { ownDaysLeft }),
  };
  if (!('failed' in ended)) return { result, value: secured };
  secured.destroy();
  socket.destroy();
  return { result };
}
