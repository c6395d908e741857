/** The page on which staff signs in; without script, and it loads nothing. `refusal` is why it was not let in. */
export const signInPage = (refusal: string | null): string =>
  page(`<form method="post" action="/staff/sign-in">
${refusal ? `<p role="alert">${escaped(refusal)}</p>` : ''}
<label for="email">E-mail</label>
<input id="email" name="email" type="email" autocomplete="username" required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Sign in</button>
</form>`);

export const signOutPage = (): string =>
  page('<form method="post" action="/staff/sign-out"><p>You are signed in.</p><button>Sign out</button></form>');

const page = (content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Staff of the shop</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Staff of the shop</h1>
${content}
</main>
</body>
</html>
`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light dark; --paper: oklch(0.985 0.006 85); --card: oklch(1 0 0); --ink: oklch(0.24 0.02 270);
  --line: oklch(0.90 0.008 85); --indigo: oklch(0.40 0.13 275); --clay: oklch(0.52 0.16 30); }
@media (prefers-color-scheme: dark) { :root { --paper: oklch(0.19 0.015 270); --card: oklch(0.23 0.015 270);
  --ink: oklch(0.94 0.008 85); --line: oklch(0.32 0.015 270); --indigo: oklch(0.72 0.11 275); --clay: oklch(0.70 0.14 30); } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.5 system-ui, sans-serif; }
main { max-width: 24rem; margin: 12vh auto; padding: 0 16px; }
h1 { font-size: 22px; line-height: 1.15; }
form { display: grid; gap: 8px; padding: 24px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
label { font-size: 15px; }
input, button { font: inherit; padding: 8px 12px; border-radius: 6px; border: 1px solid var(--line); }
input { background: var(--paper); color: inherit; }
button { margin-top: 8px; border-color: var(--indigo); background: var(--indigo); color: var(--card); cursor: pointer; }
:focus-visible { outline: 2px solid var(--indigo); outline-offset: 2px; }
p { margin: 0; }
p[role=alert] { color: var(--clay); }
`;
