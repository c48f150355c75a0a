import {
  ActionIcon,
  Button,
  Card,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Modal,
  Notification,
  Skeleton,
  Tooltip,
} from '@mantine/core';
import { t } from './words/index.ts';

const brand: MantineColorsTuple = [
  '#eefaf8',
  '#d8f2ee',
  '#aee5dd',
  '#80d5ca',
  '#4fc3b8',
  '#2aa79c',
  '#158a80',
  '#0f766e',
  '#0c625c',
  '#084842',
];

const gray: MantineColorsTuple = [
  '#f8f9fb',
  '#f1f3f6',
  '#e6e9ee',
  '#d8dce3',
  '#c6cbd5',
  '#a3a9b6',
  '#7b8292',
  '#565d6d',
  '#363c49',
  '#1b1f29',
];

const dark: MantineColorsTuple = [
  '#e8ebf1',
  '#c5cbd7',
  '#a3abbb',
  '#7d8698',
  '#333b4a',
  '#252b37',
  '#1a1f29',
  '#12161d',
  '#0c0e13',
  '#07090d',
];

/** What cannot be undone; its seventh shade carries white text. */
const red: MantineColorsTuple = [
  '#fef3f2',
  '#fee4e2',
  '#fecdca',
  '#fda29b',
  '#f97066',
  '#f04438',
  '#d92d20',
  '#b42318',
  '#912018',
  '#7a271a',
];

/** Colors, sizes and manners of every part of the portal. */
export const theme = createTheme({
  colors: { brand, gray, dark, red },
  primaryColor: 'brand',
  primaryShade: 7,
  black: gray[9],
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily:
    "Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.4' },
    },
  },
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' }, styles: { label: { fontWeight: 550 } } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    Card: Card.extend({ defaultProps: { withBorder: true, padding: 'lg', radius: 'lg' } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 'lg',
        transitionProps: { duration: 120 },
        closeButtonProps: { 'aria-label': t('common.close') },
        // Its <header> would be a second banner beside the page's own.
        attributes: { header: { role: 'presentation' } },
      },
    }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': t('common.close') } },
    }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: 'sm' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { withArrow: true, events: { hover: true, focus: true, touch: true } },
    }),
  },
});

/** Roles whose stock values would read too faintly (WCAG 2.2, 1.4.3 and 1.4.11). */
export const colorRoles: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': gray[7],
    '--mantine-color-placeholder': gray[6],
    '--mantine-color-anchor': brand[7],
    '--mantine-color-error': '#b42318',
    '--mantine-color-default-border': gray[3],
    '--field-border': '#9299a8',
    '--page': gray[0],
    '--surface': '#ffffff',
    '--side': gray[1],
    '--line': gray[2],
    '--good': '#0b7a4b',
    '--warn': '#a34106',
    '--bad': '#b42318',
  },
  dark: {
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[3],
    '--mantine-color-anchor': brand[4],
    '--mantine-color-error': '#ff9b90',
    '--mantine-color-default-border': dark[4],
    '--field-border': '#667083',
    '--page': dark[8],
    '--surface': dark[7],
    '--side': dark[7],
    '--line': dark[5],
    '--good': '#5fd39b',
    '--warn': '#f7b267',
    '--bad': '#ff9b90',
  },
});
