import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

type LinkProps = ButtonProps & Omit<React.ComponentPropsWithRef<'a'>, keyof ButtonProps>;

/** A link to a page of the portal that looks like a button. */
export const RoutedButton = createLink((props: LinkProps) => <Button component="a" {...props} />);
