import { presentReason } from './reason.ts';
import { parseServerAddress } from './server-address.ts';
import { openTransport, type TransportError, wordsOf } from './transport.ts';

/**
 * Connects to a mail server and signs in, without sending anything.
 * @param serverURL as `SMTP_URL`
 * @returns what is wrong, in the server's own words where it said any; undefined when all is well
 */
export async function verifyMailServer(serverURL: string): Promise<string | undefined> {
  const server = parseServerAddress(serverURL);
  const transport = await openTransport(server);
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    return presentReason(wordsOf(error as TransportError), server.auth ? [server.auth.pass] : []);
  } finally {
    transport.close();
  }
}
