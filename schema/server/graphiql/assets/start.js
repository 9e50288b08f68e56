"use strict";

(() => {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem("kairo-token", given);
    history.replaceState(null, "", location.pathname + location.search);
  }

  const fetcher = async ({ query, variables, operationName }, { headers = {} } = {}) => {
    const token = sessionStorage.getItem("kairo-token");
    const names = Object.keys(headers).map((name) => name.toLowerCase());
    const authorization = token && !names.includes("authorization") ? { Authorization: `Bearer ${token}` } : {};
    const response = await fetch(location.pathname, {
      method: "POST",
      headers: {
        Accept: "application/graphql-response+json, application/json",
        "Content-Type": "application/json",
        ...authorization,
        ...headers,
      },
      body: JSON.stringify({ query, variables, operationName }),
    });
    return response.json();
  };

  // The first brand of whoever is signed in, so that each example runs as it is. Without a token it stays empty.
  const firstBrand = async () => {
    try {
      const { data } = await fetcher({ query: "{ brandConnection(first: 1) { nodes { id } } }" });
      return data.brandConnection.nodes[0].id;
    } catch {
      return "";
    }
  };

  const examples = JSON.parse(document.getElementById("examples").textContent);
  const withBrand = (id) =>
    examples.map((tab) => ({ ...tab, variables: tab.variables && JSON.stringify({ brandId: id }, null, 2) }));
  firstBrand().then((id) =>
    ReactDOM.createRoot(document.getElementById("graphiql")).render(
      React.createElement(GraphiQL, {
        fetcher,
        defaultTabs: withBrand(id),
        defaultEditorToolsVisibility: "variables",
      }),
    ),
  );
})();
