import { announcePage } from '#design/page-on-its-way.tsx';

/** Next calls this when it starts to go to another page. */
export const onRouterTransitionStart = (address: string): void => announcePage(address);
