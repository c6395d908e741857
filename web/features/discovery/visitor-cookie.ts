// A guest's key to what they looked at: made up at the first look, kept here and nowhere in a page.
export const VISITOR_COOKIE = 'souk_visitor';
export const VISITOR_KEPT_FOR_SECONDS = 90 * 24 * 60 * 60;
