/** What an example has to know to work when it is pasted. */
export interface ExampleInput {
  endpoint: string;
  projectID: string;
  keyID: string;
}

/** The name a private key is saved under, in the download and in the examples. */
export const keyFile = ({ projectID, keyID }: Pick<ExampleInput, 'projectID' | 'keyID'>): string =>
  `latchkey-${projectID}-${keyID}.pem`;

const QUERY = '{ users(first: 5) { edges { node { id formattedName } } } }';

/** A shell script that needs curl and OpenSSL only: it signs a token for five minutes and asks. */
export const curlExample = ({ endpoint, projectID, keyID }: ExampleInput): string => `\
b64() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
now=$(date +%s)
header=$(printf '{"alg":"RS256","kid":"${keyID}"}' | b64)
claims=$(printf '{"aud":"${projectID}","iat":%d,"exp":%d}' "$now" "$((now + 300))" | b64)
signature=$(printf '%s.%s' "$header" "$claims" |
  openssl dgst -sha256 -sign ${keyFile({ projectID, keyID })} -binary | b64)

curl '${endpoint}' \\
  -H "Authorization: Bearer $header.$claims.$signature" \\
  -H 'Content-Type: application/json' \\
  -d '{"query":"${QUERY}"}'
`;

/** The same in TypeScript, with the package \`jose\`. */
export const typeScriptExample = ({ endpoint, projectID, keyID }: ExampleInput): string => `\
import { readFile } from 'node:fs/promises';
import { importPKCS8, SignJWT } from 'jose';

const key = await importPKCS8(await readFile('${keyFile({ projectID, keyID })}', 'utf8'), 'RS256');
const token = await new SignJWT()
  .setProtectedHeader({ alg: 'RS256', kid: '${keyID}' })
  .setAudience('${projectID}')
  .setIssuedAt()
  .setExpirationTime('5m')
  .sign(key);

const response = await fetch('${endpoint}', {
  method: 'POST',
  headers: { authorization: \`Bearer \${token}\`, 'content-type': 'application/json' },
  body: JSON.stringify({ query: '${QUERY}' }),
});
console.log(await response.text());
`;
