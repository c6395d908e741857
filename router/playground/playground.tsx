import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './playground.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { examples } from './examples.ts';
import logo from './souk.svg';

const socket = new URL('/graphql', location.href);
socket.protocol = socket.protocol.replace('http', 'ws');

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
