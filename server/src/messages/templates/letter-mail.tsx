import { Body } from '@react-email/body';
import { Button } from '@react-email/button';
import { Container } from '@react-email/container';
import { Head } from '@react-email/head';
import { Heading } from '@react-email/heading';
import { Hr } from '@react-email/hr';
import { Html } from '@react-email/html';
import { Preview } from '@react-email/preview';
import { Text } from '@react-email/text';
import type { CSSProperties } from 'react';
import type { Letter } from '../letter.ts';
import { buttonColors } from './colors.ts';

interface LetterMailProps {
  letter: Letter;
  /** BCP 47. */
  locale: string;
  /** `#rrggbb` */
  brandColor: string | null;
}

const INK = '#1f2937';
const QUIET = '#6b7280';

const page: CSSProperties = {
  margin: 0,
  padding: '24px 12px',
  backgroundColor: '#f3f4f6',
  color: INK,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif',
};
const card: CSSProperties = {
  maxWidth: 480,
  padding: '24px 28px',
  border: '1px solid #e5e7eb',
  borderRadius: 8,
  backgroundColor: '#ffffff',
};
const title: CSSProperties = { margin: '0 0 12px', fontSize: 20, lineHeight: '28px', color: INK };
const sentence: CSSProperties = {
  margin: '0 0 16px',
  fontSize: 15,
  lineHeight: '24px',
  color: INK,
  overflowWrap: 'anywhere',
};
const secret: CSSProperties = {
  margin: '0 0 16px',
  padding: '12px 16px',
  borderRadius: 6,
  backgroundColor: '#f3f4f6',
  color: INK,
  fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSize: 18,
  lineHeight: '26px',
  whiteSpace: 'pre-wrap',
  wordBreak: 'break-all',
  userSelect: 'all',
};
const small: CSSProperties = {
  margin: '0 0 8px',
  fontSize: 13,
  lineHeight: '20px',
  color: QUIET,
  overflowWrap: 'anywhere',
};

/** A mail: one message, one button, nothing loaded from anywhere. The password is text, never part of a link. */
export function LetterMail({ letter, locale, brandColor }: LetterMailProps) {
  const { background, words } = buttonColors(brandColor);
  const button: CSSProperties = {
    padding: '11px 20px',
    borderRadius: 6,
    backgroundColor: background,
    color: words,
    fontSize: 15,
    fontWeight: 600,
    textDecoration: 'none',
  };
  return (
    <Html lang={locale} dir="ltr">
      <Head>
        <title>{letter.subject}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
      </Head>
      {/* A lock screen shows how a mail begins: the preview, with the blanks after it, keeps the password out. */}
      <Preview>{letter.heading}</Preview>
      <Body style={page}>
        <Container style={card}>
          <Heading as="h1" style={title}>
            {letter.heading}
          </Heading>
          <Text style={sentence}>{letter.intro}</Text>
          {letter.password !== undefined && (
            <Text style={secret} translate="no" dir="ltr">
              {letter.password}
            </Text>
          )}
          {letter.notes.map((note) => (
            <Text key={note} style={sentence}>
              {note}
            </Text>
          ))}
          {letter.action && (
            <>
              <Button href={letter.action.url} style={button}>
                {letter.action.label}
              </Button>
              <Text style={{ ...small, margin: '12px 0 0' }}>{letter.action.url}</Text>
            </>
          )}
          <Hr style={{ margin: '20px 0 12px', borderColor: '#e5e7eb' }} />
          <Text style={small}>{letter.footer}</Text>
        </Container>
      </Body>
    </Html>
  );
}
