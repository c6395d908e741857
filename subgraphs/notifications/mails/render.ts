// A module of its own: React is loaded with the first mail that is written, not by every process that starts.
export { renderToStaticMarkup } from 'react-dom/server';
