import { createMethodMiddlewareDecorator, Directive } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import type { Context } from './context.ts';

type Check = (context: Context) => void;

/** For signed-in customers: says so in the SDL (`@authenticated`) and checks it here. */
export const Authenticated = () => guarded('@authenticated', (context) => void context.signedIn());

/** For staff with a scope, e.g. `orders:write`: in the SDL for the router, and checked here. */
export const RequiresScopes = (scope: string) =>
  guarded(`@requiresScopes(scopes: [["${scope}"]])`, (context) => {
    context.signedIn();
    if (!context.has(scope)) throw new Denied('FORBIDDEN', `This needs the scope ${scope}.`);
  });

/** For other subgraphs only: hidden from the public API, and refused to the router. */
export const Internal = () =>
  guarded('@inaccessible', (context) => {
    if (context.identity.caller === 'router') throw new Denied('FORBIDDEN', 'This field is for subgraphs.');
  });

function guarded(directive: string, check: Check): MethodDecorator {
  const middleware = createMethodMiddlewareDecorator<Context>(({ context }, next) => {
    check(context);
    return next();
  });
  const inSdl = Directive(directive);
  return (target, name, descriptor) => {
    inSdl(target, name as string, descriptor as PropertyDescriptor);
    middleware(target, name, descriptor as TypedPropertyDescriptor<unknown>);
  };
}
