// What an administrator's script does with @microsoft/microsoft-graph-client v3; each step's outcome as JSON.
// node graph_client.mjs https://localhost:PORT

import { ClientSecretCredential } from "@azure/identity";
import { BatchRequestContent, BatchResponseContent, Client, PageIterator } from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";
import { refusalOf, TENANT, CLIENT, SECRET } from "./asking.mjs";

const ROOT = process.argv[2];
const PROXY = "/onPremisesPublishingProfiles/applicationProxy";

function clientOf(secret) {
  const credential = new ClientSecretCredential(TENANT, CLIENT, secret, {
    authorityHost: ROOT,
    disableInstanceDiscovery: true,
  });
  const authProvider = new TokenCredentialAuthenticationProvider(credential, {
    scopes: ["https://graph.microsoft.com/.default"],
  });
  return Client.initWithMiddleware({
    authProvider,
    baseUrl: `${ROOT}/`,
    defaultVersion: "beta",
    customHosts: new Set(["localhost"]),
  });
}

const client = clientOf(SECRET);
const groups = (await client.api(`${PROXY}/connectorGroups`).get()).value;
const created = await client.api(`${PROXY}/connectorGroups`).post({ name: "Berlin", region: "eur" });
const renamed = await client.api(`${PROXY}/connectorGroups/${created.id}`).patch({ name: "Berlin Mitte" });

const [connector] = (await client.api(`${PROXY}/connectors`).filter("startswith(machineName,'par-')").top(1).get()).value;
await client.api(`${PROXY}/connectors/${connector.id}/memberOf/$ref`).post({
  "@odata.id": `https://graph.microsoft.com/beta${PROXY}/connectorGroups/${created.id}`,
});
const members = (await client.api(`${PROXY}/connectorGroups/${created.id}/members`).get()).value;

const seen = [];
const page = await client.api(`${PROXY}/connectors`).select("id").top(7).get();
await new PageIterator(client, page, (row) => seen.push(row.id) > 0).iterate();

const batch = new BatchRequestContent([
  { id: "1", request: new Request(`${ROOT}/beta${PROXY}/connectorGroups/${created.id}`) },
  { id: "2", request: new Request(`${ROOT}/beta${PROXY}/connectors/none`) },
]);
const answers = new BatchResponseContent(await client.api("/$batch").post(await batch.getContent()));

console.log(
  JSON.stringify({
    groups: groups.map((row) => row.name),
    created: [created.name, created.region],
    renamed: renamed === undefined,
    members: members.map((row) => row.id === connector.id),
    count: await client.api(`${PROXY}/connectors/$count`).get(),
    paged: [seen.length, new Set(seen).size],
    batch: [(await answers.getResponseById("1").json()).name, answers.getResponseById("2").status],
    refused: await refusalOf(() => client.api(`${PROXY}/connectorGroups/f0000000-0000-4000-8000-000000000000`).get()),
    wrongSecret: await refusalOf(() => clientOf("wrong").api(`${PROXY}/connectorGroups`).get()),
  }),
);
