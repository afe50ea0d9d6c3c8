// The same with @microsoft/msgraph-beta-sdk, whose fluent packages for these paths are not published: what is asked is
// written by hand, and sent and read with the SDK's adapter and models; each step's outcome as JSON.
// node beta_sdk.mjs https://localhost:PORT (secret|managed-identity)

import { ClientSecretCredential, ManagedIdentityCredential } from "@azure/identity";
import { HttpMethod, RequestInformation } from "@microsoft/kiota-abstractions";
import { AzureIdentityAuthenticationProvider } from "@microsoft/kiota-authentication-azure";
import { createGraphBetaServiceClient, GraphBetaRequestAdapter } from "@microsoft/msgraph-beta-sdk";
import * as models from "@microsoft/msgraph-beta-sdk/models/index.js";
import { createODataErrorFromDiscriminatorValue } from "@microsoft/msgraph-beta-sdk/models/oDataErrors/index.js";
import { refusalOf, TENANT, CLIENT, SECRET } from "./asking.mjs";

const [ROOT, WAY] = process.argv.slice(2);
const PROXY = "/onPremisesPublishingProfiles/applicationProxy";
const ERRORS = { XXX: createODataErrorFromDiscriminatorValue };

function credential(secret) {
  const options = { authorityHost: ROOT, disableInstanceDiscovery: true };
  return WAY === "secret" ? new ClientSecretCredential(TENANT, CLIENT, secret, options) : new ManagedIdentityCredential();
}

function adapterOf(secret) {
  const scopes = ["https://graph.microsoft.com/.default"];
  // To a host that is not named the SDK sends no token, and does not say so.
  const hosts = new Set(["localhost", "127.0.0.1"]);
  const provider = new AzureIdentityAuthenticationProvider(credential(secret), scopes, undefined, hosts);
  const adapter = new GraphBetaRequestAdapter(provider);
  adapter.baseUrl = `${ROOT}/beta`;
  createGraphBetaServiceClient(adapter);
  return adapter;
}

function asking(method, path, query = {}) {
  const request = new RequestInformation(method, `{+baseurl}${PROXY}${path}{?%24filter,%24top}`, { baseurl: `${ROOT}/beta` });
  Object.assign(request.queryParameters, query);
  request.headers.add("Accept", "application/json");
  return request;
}

const adapter = adapterOf(SECRET);
const read = (path, factory, query) => adapter.send(asking(HttpMethod.GET, path, query), factory, ERRORS);
const groups = await read("/connectorGroups", models.createConnectorGroupCollectionResponseFromDiscriminatorValue);

const creation = asking(HttpMethod.POST, "/connectorGroups");
const wanted = { name: "Berlin", region: models.ConnectorGroupRegionObject.Eur };
creation.setContentFromParsable(adapter, "application/json", wanted, models.serializeConnectorGroup);
const created = await adapter.send(creation, models.createConnectorGroupFromDiscriminatorValue, ERRORS);

const ofParis = { "%24filter": "startswith(machineName,'par-')", "%24top": 1 };
const found = await read("/connectors", models.createConnectorCollectionResponseFromDiscriminatorValue, ofParis);
const [connector] = found.value;
const move = asking(HttpMethod.POST, `/connectors/${connector.id}/memberOf/$ref`);
const reference = { odataId: `https://graph.microsoft.com/beta${PROXY}/connectorGroups/${created.id}` };
move.setContentFromParsable(adapter, "application/json", reference, models.serializeReferenceCreate);
await adapter.sendNoResponseContent(move, ERRORS);
const members = await read(
  `/connectorGroups/${created.id}/members`,
  models.createConnectorCollectionResponseFromDiscriminatorValue,
);

const nowhere = "/connectorGroups/f0000000-0000-4000-8000-000000000000";
const none = asking(HttpMethod.GET, "/connectorGroups");
console.log(
  JSON.stringify({
    groups: groups.value.map((row) => row.name),
    created: [created.name, created.region],
    members: members.value.map((row) => row.id === connector.id),
    refused: await refusalOf(() => read(nowhere, models.createConnectorGroupFromDiscriminatorValue)),
    wrongSecret:
      WAY === "secret" &&
      (await refusalOf(() =>
        adapterOf("wrong").send(none, models.createConnectorGroupCollectionResponseFromDiscriminatorValue, ERRORS),
      )),
  }),
);
