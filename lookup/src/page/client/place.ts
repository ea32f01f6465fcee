import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useState } from 'preact/hooks';
import { type Address, type Change, changed, readAddress, writeAddress } from '../address.js';

/** Where the reader is, and how to get elsewhere. */
export interface Place {
  readonly address: Address;
  /** Goes on, so that the browser's "back" leads here again. */
  readonly go: (change: Change) => void;
  /** Changes the address of where the reader is: not worth a step back. */
  readonly note: (change: Change) => void;
  /** Leaves all of this place but how things are shown. */
  readonly leave: (address: Address) => void;
}

export const PlaceContext = createContext<Place | undefined>(undefined);

export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (place === undefined) throw new Error('outside of the page');
  return place;
}

/** The address bar, followed both ways. */
export function useAddressBar(): Place {
  const [address, setAddress] = useState(() => readAddress(location.search));
  useEffect(() => {
    const follow = () => setAddress(readAddress(location.search));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const show = useCallback((next: Address, isStep: boolean) => {
    const url = writeAddress(next);
    if (isStep && url !== location.pathname + location.search) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
    setAddress(next);
  }, []);
  // What the bar says now counts, not what was true when this was rendered: two changes may come at once.
  const now = () => readAddress(location.search);
  return {
    address,
    go: useCallback((change: Change) => show(changed(now(), change), true), [show]),
    note: useCallback((change: Change) => show(changed(now(), change), false), [show]),
    leave: useCallback(
      (next: Address) => {
        const { tz, theme } = now();
        show(changed({ ...(tz && { tz }), ...(theme && { theme }) }, next), true);
      },
      [show],
    ),
  };
}
