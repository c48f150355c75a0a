import { Box } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { Failure } from './failure.tsx';

/** What a page shows in its place when it could not be loaded or drawn. */
export function RouteFailure({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Box maw={640} mx="auto" p="md">
      <Failure error={error} onRetry={retry} />
    </Box>
  );
}
