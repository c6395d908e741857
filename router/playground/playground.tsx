import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@fontsource/instrument-sans/400.css';
import '@fontsource/instrument-sans/500.css';
import '@fontsource/instrument-sans/600.css';
import './playground.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import logo from './souk.svg';

const socket = new URL('/graphql', location.href);
socket.protocol = socket.protocol.replace('http', 'ws');

interface Example {
  readonly query: string;
  readonly variables?: string;
}

/** The tabs of a first visit, as whoever runs the router has saved them. */
const saved = await fetch('/playground/examples.json')
  .then((response): Promise<Example[]> => response.json())
  .catch(() => []);
const WELCOME = `# Write a query here, and press Ctrl-Enter. The book on the left tells all types and fields.
# Below are variables and headers; a subscription stays open until it is stopped.

query Hello {
  __typename
}
`;
const examples: Example[] = saved.length > 0 ? saved : [{ query: WELCOME }];

// What stands in the headers editor goes into `connection_init` as well, so `Authorization` works for both.
const fetcher = createGraphiQLFetcher({ url: '/graphql', subscriptionUrl: socket.href });

// GraphiQL takes the variables of the first tab from its storage alone, which is empty on a first visit.
const isFirstVisit = localStorage.getItem('graphiql:tabState') === null;
const initialVariables = isFirstVisit ? examples[0]?.variables : undefined;

const root = document.getElementById('playground');
if (root)
  createRoot(root).render(
    <GraphiQL
      fetcher={fetcher}
      defaultTabs={examples}
      defaultEditorToolsVisibility
      {...(initialVariables ? { initialVariables } : {})}
    >
      <GraphiQL.Logo>
        <span className="souk">
          <img src={logo} alt="" /> Souk
        </span>
      </GraphiQL.Logo>
    </GraphiQL>,
  );
