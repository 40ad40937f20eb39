/** Loopback addresses and ports that nobody uses, so that runs side by side do not meet. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** The first two numbers of a network on loopback in which nobody serves names. */
export async function freeNetwork(): Promise<string> {
  for (let second = 53; second < 255; second++) {
    const network = `127.${second}`;
    if ((await taken(`${network}.0.1`, 53)) !== null) return network;
  }
  throw new Error('port 53 cannot be had on any loopback address: does somebody serve names on all of them?');
}

/** A port that is free at an address. */
export async function freePort(host: string): Promise<number> {
  const port = await taken(host, 0);
  if (port === null) throw new Error(`no port is free at ${host}`);
  return port;
}

/** Takes a port, 0 for any, and gives it back at once: its number; null when it could not be had. */
async function taken(host: string, port: number): Promise<number | null> {
  const socket = createSocket('udp4');
  try {
    socket.bind({ address: host, port, exclusive: true });
    await once(socket, 'listening');
    return socket.address().port;
  } catch {
    return null;
  } finally {
    socket.close();
  }
}
