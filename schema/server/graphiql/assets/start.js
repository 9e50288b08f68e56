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

  const examples = JSON.parse(document.getElementById("examples").textContent);
  ReactDOM.createRoot(document.getElementById("graphiql")).render(
    React.createElement(GraphiQL, { fetcher, defaultTabs: examples, defaultEditorToolsVisibility: "variables" }),
  );
})();
