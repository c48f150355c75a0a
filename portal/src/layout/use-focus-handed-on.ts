import { type RefObject, useLayoutEffect, useRef } from 'react';

/**
 * For what goes away by being used: where it has the focus then, the keyboard goes on from what surrounds it, the
 * next element outwards that can be focused by a script.
 */
export function useFocusHandedOn<Element extends HTMLElement>(): RefObject<Element | null> {
  const ref = useRef<Element>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (element === null || element !== document.activeElement) return;
      element.closest<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true });
    };
  }, []);
  return ref;
}
