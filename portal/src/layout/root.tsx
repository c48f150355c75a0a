import { Outlet } from '@tanstack/react-router';
import { ProvePassword } from './prove-password.tsx';

/** What surrounds every page, whichever project it belongs to. */
export function Root() {
  return (
    <>
      <Outlet />
      <ProvePassword />
    </>
  );
}
