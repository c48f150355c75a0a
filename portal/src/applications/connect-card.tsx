import { Card, Text, Title } from '@mantine/core';
import { CodeBlock } from '../layout/code-block.tsx';
import { CopyID } from '../layout/copy-id.tsx';
import { Definition, Definitions } from '../layout/definition.tsx';
import { t } from '../words/index.ts';
import { hasSecret, signsIn } from './app-values.ts';
import type { Client } from './queries.ts';

/** Where each endpoint answers below the project's origin. */
const ENDPOINTS = {
  authorization: '/oauth2/authorize',
  token: '/oauth2/token',
  userinfo: '/oauth2/userinfo',
  endSession: '/oauth2/end_session',
  introspection: '/oauth2/introspect',
  revocation: '/oauth2/revoke',
  jwks: '/oauth2/jwks',
} as const;

type Endpoint = keyof typeof ENDPOINTS;

const OF_SIGN_IN: readonly Endpoint[] = ['authorization', 'userinfo', 'endSession'];

/** The settings most libraries ask for, as environment variables. */
export function environmentOf({ clientID, type, redirectURIs }: Client, issuer: string): string {
  const lines = [
    `OIDC_ISSUER=${issuer}`,
    `OIDC_CLIENT_ID=${clientID}`,
    ...(hasSecret(type) ? [`OIDC_CLIENT_SECRET=${t('app.yourSecret')}`] : []),
    ...(redirectURIs[0] ? [`OIDC_REDIRECT_URI=${redirectURIs[0]}`] : []),
    ...(signsIn(type) ? ['OIDC_SCOPE="openid profile email"'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** What the app has to know, ready to be pasted. */
export function ConnectCard({ client, origin }: { client: Client; origin: string }) {
  const endpoints = (Object.keys(ENDPOINTS) as Endpoint[]).filter(
    (name) => signsIn(client.type) || !OF_SIGN_IN.includes(name),
  );
  return (
    <Card component="section" aria-labelledby="connect">
      <Title order={2} id="connect">
        {t('app.connect')}
      </Title>
      <Text c="dimmed" mb="xs">
        {t('app.connectAbout')}
      </Text>
      <Definitions>
        <Definition name={t('app.clientID')}>
          <CopyID value={client.clientID} label={t('app.copyClientID')} />
        </Definition>
        <Definition name={t('app.issuer')} about={t('app.issuerAbout')}>
          <CopyID value={origin} label={t('app.copyIssuer')} />
        </Definition>
      </Definitions>
      <Text component="h3" fw={600} size="sm" mt="sm" mb={6}>
        {t('app.environment')}
      </Text>
      <CodeBlock
        short
        code={environmentOf(client, origin)}
        label={t('app.environment')}
        copyLabel={t('app.copyEnvironment')}
      />
      <Text component="h3" fw={600} size="sm" mt="lg">
        {t('app.endpoints')}
      </Text>
      <Definitions>
        <Definition name={t('app.endpoint.discovery')}>
          <CopyID value={`${origin}/.well-known/openid-configuration`} label={t('app.copyEndpoint')} />
        </Definition>
        {endpoints.map((name) => (
          <Definition key={name} name={t(`app.endpoint.${name}`)}>
            <CopyID value={origin + ENDPOINTS[name]} label={t('app.copyEndpoint')} />
          </Definition>
        ))}
      </Definitions>
    </Card>
  );
}
