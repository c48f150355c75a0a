import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';

type NativeProps = Omit<ComponentPropsWithRef<'button'>, keyof ButtonProps>;

interface BusyButtonProps extends Omit<ButtonProps, 'loading'>, NativeProps {
  /** Whether its work is under way: it then shows so, and takes no second click. */
  busy: boolean;
}

/** A button that keeps the focus while its work goes on; one that is disabled meanwhile would lose it. */
export function BusyButton({ busy, disabled, type = 'button', onClick, ...props }: BusyButtonProps) {
  return (
    <Button
      {...props}
      loading={busy}
      onClick={busy ? undefined : onClick}
      renderRoot={(root) => (
        <button
          {...root}
          type={busy ? 'button' : type}
          disabled={disabled && !busy}
          aria-disabled={busy || undefined}
          aria-busy={busy || undefined}
        />
      )}
    />
  );
}
