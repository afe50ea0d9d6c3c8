BEGIN TRANSACTION;
CREATE TABLE entity (
        seq INTEGER PRIMARY KEY,
        layer INTEGER NOT NULL REFERENCES layer (id) ON DELETE CASCADE,
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        place TEXT NOT NULL,
        body TEXT NOT NULL,
        crc INTEGER NOT NULL,
        UNIQUE (layer, type, id)
    );
INSERT INTO "entity" VALUES(1,1,'onPremisesPublishingProfile','applicationProxy','last','{"id":"applicationProxy","hybridAgentUpdaterConfiguration":null,"isDefaultAccessEnabled":false,"isEnabled":false}',3269591124);
INSERT INTO "entity" VALUES(2,1,'onPremisesPublishingProfile','exchangeOnline','last','{"id":"exchangeOnline","hybridAgentUpdaterConfiguration":null,"isDefaultAccessEnabled":false,"isEnabled":true}',3688787609);
INSERT INTO "entity" VALUES(3,1,'onPremisesPublishingProfile','authentication','last','{"id":"authentication","hybridAgentUpdaterConfiguration":null,"isDefaultAccessEnabled":false,"isEnabled":true}',3859810279);
INSERT INTO "entity" VALUES(4,1,'onPremisesPublishingProfile','provisioning','last','{"id":"provisioning","hybridAgentUpdaterConfiguration":null,"isDefaultAccessEnabled":false,"isEnabled":true}',4221240034);
INSERT INTO "entity" VALUES(5,1,'onPremisesPublishingProfile','adAdministration','last','{"id":"adAdministration","hybridAgentUpdaterConfiguration":null,"isDefaultAccessEnabled":false,"isEnabled":true}',2767079767);
INSERT INTO "entity" VALUES(6,1,'onPremisesPublishingProfile','oflineDomainJoin','last','{"id":"oflineDomainJoin","hybridAgentUpdaterConfiguration":null,"isDefaultAccessEnabled":false,"isEnabled":true}',1475499736);
INSERT INTO "entity" VALUES(7,1,'onPremisesPublishingProfile','privateAccess','last','{"id":"privateAccess","hybridAgentUpdaterConfiguration":null,"isDefaultAccessEnabled":false,"isEnabled":true}',697127054);
INSERT INTO "entity" VALUES(8,1,'onPremisesPublishingProfile','0a000000-0000-4000-8000-000000000001','last','{"id":"0a000000-0000-4000-8000-000000000001","hybridAgentUpdaterConfiguration":null,"isDefaultAccessEnabled":true,"isEnabled":true}',178466091);
INSERT INTO "entity" VALUES(9,1,'applicationTemplate','8adf8e6e-67b2-4cf2-a259-e3dc5476c621','last','{"id":"8adf8e6e-67b2-4cf2-a259-e3dc5476c621","displayName":"Custom","description":null,"publisher":null,"homePageUrl":null,"logoUrl":null,"categories":[],"supportedProvisioningTypes":[],"supportedSingleSignOnModes":[]}',1498841420);
INSERT INTO "entity" VALUES(10,1,'applicationTemplate','4602d0b4-76bb-404b-bca9-2652e1a39c6d','last','{"id":"4602d0b4-76bb-404b-bca9-2652e1a39c6d","displayName":"Custom (US Government)","description":null,"publisher":null,"homePageUrl":null,"logoUrl":null,"categories":[],"supportedProvisioningTypes":[],"supportedSingleSignOnModes":[]}',586187144);
INSERT INTO "entity" VALUES(11,1,'applicationTemplate','5a532e38-1581-4918-9658-008dc27c1d68','last','{"id":"5a532e38-1581-4918-9658-008dc27c1d68","displayName":"Custom (China)","description":null,"publisher":null,"homePageUrl":null,"logoUrl":null,"categories":[],"supportedProvisioningTypes":[],"supportedSingleSignOnModes":[]}',1003540186);
INSERT INTO "entity" VALUES(12,1,'applicationTemplate','0b000000-0000-4000-8000-000000000001','last','{"id":"0b000000-0000-4000-8000-000000000001","displayName":"Ours","description":null,"publisher":null,"homePageUrl":null,"logoUrl":null,"categories":["own"],"supportedProvisioningTypes":[],"supportedSingleSignOnModes":[]}',1134432100);
INSERT INTO "entity" VALUES(13,1,'connectorGroup','83aec021-f110-5366-b46e-37cdc1af371b','last','{"id":"83aec021-f110-5366-b46e-37cdc1af371b","name":"Default","region":"eur","connectorGroupType":"applicationProxy","isDefault":true,"nextRegion":null,"regionDue":null,"@container":"applicationProxy"}',546981228);
INSERT INTO "entity" VALUES(14,1,'connectorGroup','ab2c7946-f030-5e4c-9b9f-48ffc591516f','last','{"id":"ab2c7946-f030-5e4c-9b9f-48ffc591516f","name":"Paris","region":"nam","connectorGroupType":"applicationProxy","isDefault":false,"nextRegion":"aus","regionDue":"2031-05-06T08:00:00Z","@container":"applicationProxy"}',353169555);
INSERT INTO "entity" VALUES(15,1,'connectorGroup','aa81d782-d1cb-59d5-8bb7-92367066e2d0','last','{"id":"aa81d782-d1cb-59d5-8bb7-92367066e2d0","name":"Agents","region":"eur","connectorGroupType":"adfs","isDefault":false,"nextRegion":null,"regionDue":null,"@container":"applicationProxy"}',2199124683);
INSERT INTO "entity" VALUES(16,1,'connector','4f37d391-7e64-5ea5-917e-545505f084d5','last','{"id":"4f37d391-7e64-5ea5-917e-545505f084d5","machineName":"par-02","externalIp":"203.0.113.1","status":"active","version":"1.5.4522.0","lastHeartbeat":"2031-05-06T07:08:09Z","stopped":false,"nextVersion":"2.0.0.0","updateFrom":"2031-05-06T07:30:00Z","updateUntil":"2031-05-06T07:31:00Z","@container":"applicationProxy","memberOf":"83aec021-f110-5366-b46e-37cdc1af371b"}',1703692765);
INSERT INTO "entity" VALUES(17,1,'connector','83234d82-a215-5039-93f4-3aeb91786c90','last','{"id":"83234d82-a215-5039-93f4-3aeb91786c90","machineName":"par-01","externalIp":"203.0.113.1","status":"inactive","version":"1.5.4522.0","lastHeartbeat":"2031-05-06T05:08:09Z","stopped":true,"nextVersion":null,"updateFrom":null,"updateUntil":null,"@container":"applicationProxy","memberOf":"ab2c7946-f030-5e4c-9b9f-48ffc591516f"}',20209239);
INSERT INTO "entity" VALUES(18,1,'onPremisesAgentGroup','5fa0bc81-cf40-52d9-a37e-d2b8a1a6fb64','last','{"id":"5fa0bc81-cf40-52d9-a37e-d2b8a1a6fb64","@container":"authentication","displayName":"HR","publishingType":"authentication","isDefault":false}',39078960);
INSERT INTO "entity" VALUES(19,1,'onPremisesAgentGroup','1cd78841-5ab0-5e5f-96b0-50e2b8cc8285','last','{"id":"1cd78841-5ab0-5e5f-96b0-50e2b8cc8285","@container":"provisioning","displayName":"HR","publishingType":"provisioning","isDefault":true}',1429714423);
INSERT INTO "entity" VALUES(20,1,'onPremisesAgent','05bfd20b-3ad6-5ece-a227-875cc6d394ee','last','{"id":"05bfd20b-3ad6-5ece-a227-875cc6d394ee","@container":"provisioning","machineName":"prov-01","externalIp":"203.0.113.1","status":"inactive","supportedPublishingTypes":["provisioning","exchangeOnline"],"agentGroups":["1cd78841-5ab0-5e5f-96b0-50e2b8cc8285"]}',1015683765);
INSERT INTO "entity" VALUES(21,1,'onPremisesAgent','16b7f899-c74e-54e9-8e14-48ea240d0c17','last','{"id":"16b7f899-c74e-54e9-8e14-48ea240d0c17","@container":"authentication","machineName":"prov-01","externalIp":"203.0.113.1","status":"active","supportedPublishingTypes":["authentication"],"agentGroups":["5fa0bc81-cf40-52d9-a37e-d2b8a1a6fb64"]}',4096246423);
INSERT INTO "entity" VALUES(22,1,'publishedResource','112c8a23-7b3b-5bc1-8e1f-66e715690669','last','{"id":"112c8a23-7b3b-5bc1-8e1f-66e715690669","@container":"authentication","displayName":"Directory","publishingType":"authentication","resourceName":"hr.example","agentGroups":["5fa0bc81-cf40-52d9-a37e-d2b8a1a6fb64"]}',452524746);
INSERT INTO "entity" VALUES(23,1,'privateAccessSensor','61cd025e-a0a0-5482-ae98-623917906f36','last','{"id":"61cd025e-a0a0-5482-ae98-623917906f36","@container":"privateAccess","externalIp":"203.0.113.1","isAuditMode":false,"isBreakglassEnabled":true,"machineName":"dc-01","status":"inactive","version":"1.0.0.0"}',3664497317);
INSERT INTO "entity" VALUES(24,1,'user','b7bfbfe4-88b0-5494-bbfd-871228b0be04','last','{"id":"b7bfbfe4-88b0-5494-bbfd-871228b0be04","displayName":"amy","userPrincipalName":"amy@everything.example","accountEnabled":true,"department":"Finance","jobTitle":null,"mail":null,"mailNickname":null,"password":"other","directoryRoles":["Application Administrator"]}',696771318);
INSERT INTO "entity" VALUES(25,1,'group','a07144fc-3e0d-596e-bbe6-7787bb555f25','last','{"id":"a07144fc-3e0d-596e-bbe6-7787bb555f25","displayName":"Staff","description":null,"groupTypes":[],"mailEnabled":false,"mailNickname":null,"securityEnabled":true,"members":["b7bfbfe4-88b0-5494-bbfd-871228b0be04"]}',3056271331);
INSERT INTO "entity" VALUES(26,1,'application','1a241e60-ec5c-59dc-affc-acc42ae3fbad','last','{"id":"1a241e60-ec5c-59dc-affc-acc42ae3fbad","deletedDateTime":null,"appId":"451cd91e-a8fd-5b57-ac7f-b1728b4322db","applicationTemplateId":null,"createdDateTime":"2024-01-15T09:00:00Z","displayName":"Hosts","description":null,"groupMembershipClaims":null,"identifierUris":[],"isFallbackPublicClient":null,"signInAudience":"AzureADMyOrg","tags":[],"uniqueName":null,"info":null,"appRoles":[{"id":"0c000000-0000-4000-8000-000000000001","displayName":"Reader"}],"keyCredentials":[],"passwordCredentials":[],"publicClient":null,"logo":null,"web":null,"onPremisesPublishing":{"externalUrl":"api://451cd91e-a8fd-5b57-ac7f-b1728b4322db/","internalUrl":"api://451cd91e-a8fd-5b57-ac7f-b1728b4322db/","alternateUrl":null,"externalAuthenticationType":"passthru","isTranslateHostHeaderEnabled":false,"isTranslateLinksInBodyEnabled":false,"isOnPremPublishingEnabled":true,"isHttpOnlyCookieEnabled":false,"isSecureCookieEnabled":false,"isPersistentCookieEnabled":false,"isBackendCertificateValidationEnabled":false,"applicationServerTimeout":"Default","useAlternateUrlForTranslationAndRedirect":false,"applicationType":"nonwebapp","isStateSessionEnabled":false,"isAccessibleViaZTNAClient":false,"isDnsResolutionEnabled":false,"isContinuousAccessEvaluationEnabled":false,"isDeviceAccessEnabled":false,"trafficRoutingMethod":"none","verifiedCustomDomainCertificatesMetadata":null,"verifiedCustomDomainKeyCredential":null,"verifiedCustomDomainPasswordCredential":null,"singleSignOnSettings":null,"segmentsConfiguration":null,"onPremisesApplicationSegments":[],"wafProvider":null},"connectorGroup":"ab2c7946-f030-5e4c-9b9f-48ffc591516f"}',2090723162);
INSERT INTO "entity" VALUES(27,1,'application','9c85a5d8-f749-50ac-9bcb-bd6f450e72b2','last','{"id":"9c85a5d8-f749-50ac-9bcb-bd6f450e72b2","deletedDateTime":null,"appId":"d497d846-3279-5c39-8662-50e4031ea9e7","applicationTemplateId":null,"createdDateTime":"2024-01-15T09:00:00Z","displayName":"Robot","description":null,"groupMembershipClaims":null,"identifierUris":[],"isFallbackPublicClient":null,"signInAudience":"AzureADMyOrg","tags":[],"uniqueName":null,"info":null,"appRoles":[{"id":"18d14569-c3bd-439b-9a66-3a2aee01d14f","allowedMemberTypes":["User"],"description":"User","displayName":"User","isEnabled":true,"origin":"Application","value":null},{"id":"b9632174-c057-4f7e-951b-be3adc52bfe6","allowedMemberTypes":["User"],"description":"msiam_access","displayName":"msiam_access","isEnabled":true,"origin":"Application","value":null}],"keyCredentials":[],"passwordCredentials":[],"publicClient":null,"logo":null,"web":null,"onPremisesPublishing":null,"connectorGroup":null}',2114291530);
INSERT INTO "entity" VALUES(28,1,'servicePrincipal','eb97c61c-dcf4-54f1-909e-116d2bb4a71e','last','{"id":"eb97c61c-dcf4-54f1-909e-116d2bb4a71e","deletedDateTime":null,"accountEnabled":true,"appId":"451cd91e-a8fd-5b57-ac7f-b1728b4322db","applicationTemplateId":null,"appDisplayName":"Hosts","displayName":"Hosts","appRoleAssignmentRequired":true,"appRoles":[{"id":"0c000000-0000-4000-8000-000000000001","displayName":"Reader"}],"servicePrincipalType":"Application","tags":[],"application":"1a241e60-ec5c-59dc-affc-acc42ae3fbad"}',141419618);
INSERT INTO "entity" VALUES(29,1,'servicePrincipal','1cdf48be-1ff1-5783-828b-e12f4d514ac9','last','{"id":"1cdf48be-1ff1-5783-828b-e12f4d514ac9","deletedDateTime":null,"accountEnabled":true,"appId":"d497d846-3279-5c39-8662-50e4031ea9e7","applicationTemplateId":null,"appDisplayName":"Robot","displayName":"Robot","appRoleAssignmentRequired":true,"appRoles":[{"id":"18d14569-c3bd-439b-9a66-3a2aee01d14f","allowedMemberTypes":["User"],"description":"User","displayName":"User","isEnabled":true,"origin":"Application","value":null},{"id":"b9632174-c057-4f7e-951b-be3adc52bfe6","allowedMemberTypes":["User"],"description":"msiam_access","displayName":"msiam_access","isEnabled":true,"origin":"Application","value":null}],"servicePrincipalType":"Application","tags":["robot"],"application":"9c85a5d8-f749-50ac-9bcb-bd6f450e72b2"}',2059566559);
INSERT INTO "entity" VALUES(30,1,'appRoleAssignment','6519095a-836d-5438-99a5-d0ea29f2e9c6','last','{"id":"6519095a-836d-5438-99a5-d0ea29f2e9c6","creationTimestamp":"2031-01-01T00:00:00Z","appRoleId":"0c000000-0000-4000-8000-000000000001","principalDisplayName":"amy","principalId":"b7bfbfe4-88b0-5494-bbfd-871228b0be04","principalType":"User","resourceDisplayName":"Hosts","resourceId":"eb97c61c-dcf4-54f1-909e-116d2bb4a71e","user":"b7bfbfe4-88b0-5494-bbfd-871228b0be04","group":null,"servicePrincipal":null,"resource":"eb97c61c-dcf4-54f1-909e-116d2bb4a71e"}',724523687);
INSERT INTO "entity" VALUES(31,1,'appRoleAssignment','21971f65-0ea8-50cc-93b1-08bf7f755b28','last','{"id":"21971f65-0ea8-50cc-93b1-08bf7f755b28","creationTimestamp":"2024-01-15T09:00:00Z","appRoleId":"00000000-0000-0000-0000-000000000000","principalDisplayName":"Robot","principalId":"1cdf48be-1ff1-5783-828b-e12f4d514ac9","principalType":"ServicePrincipal","resourceDisplayName":"Hosts","resourceId":"eb97c61c-dcf4-54f1-909e-116d2bb4a71e","user":null,"group":null,"servicePrincipal":"1cdf48be-1ff1-5783-828b-e12f4d514ac9","resource":"eb97c61c-dcf4-54f1-909e-116d2bb4a71e"}',3424060354);
INSERT INTO "entity" VALUES(32,1,'ipApplicationSegment','651adafa-3889-5b32-b65b-efcf2fc4ed90','last','{"id":"651adafa-3889-5b32-b65b-efcf2fc4ed90","@container":"1a241e60-ec5c-59dc-affc-acc42ae3fbad","destinationHost":"10.0.0.0/8","destinationType":"ipRangeCidr","port":0,"ports":["443-443","8000-8010"],"protocol":"udp","action":"tunnel","exclusions":null,"inclusions":null}',3322741988);
INSERT INTO "entity" VALUES(33,1,'ipApplicationSegment','96e0ff4b-e3f3-5e8f-9843-a6937c244bb8','last','{"id":"96e0ff4b-e3f3-5e8f-9843-a6937c244bb8","@container":"1a241e60-ec5c-59dc-affc-acc42ae3fbad","destinationHost":"hosts.example","destinationType":"fqdn","port":0,"ports":[],"protocol":"tcp","action":"exclude","exclusions":null,"inclusions":null}',547114442);
INSERT INTO "entity" VALUES(34,1,'webApplicationSegment','ed735927-dd5e-5af6-b29d-781872665bfc','last','{"id":"ed735927-dd5e-5af6-b29d-781872665bfc","alternateUrl":null,"externalUrl":"https://a.example/","internalUrl":null,"@container":"1a241e60-ec5c-59dc-affc-acc42ae3fbad"}',2813261596);
INSERT INTO "entity" VALUES(35,1,'corsConfiguration_v2','3208c266-5b55-55fb-ae86-35994dabd195','last','{"id":"3208c266-5b55-55fb-ae86-35994dabd195","allowedHeaders":[],"allowedMethods":[],"allowedOrigins":["*"],"maxAgeInSeconds":60,"resource":"/","@container":"ed735927-dd5e-5af6-b29d-781872665bfc"}',1576020781);
INSERT INTO "entity" VALUES(36,2,'connectorGroup','bf06f789-1357-442c-a9dc-1bd58b74a964','last','{"id":"bf06f789-1357-442c-a9dc-1bd58b74a964","@container":"applicationProxy","name":"new","region":"eur","connectorGroupType":"applicationProxy","isDefault":false,"nextRegion":null,"regionDue":null}',1469927305);
CREATE TABLE layer (id INTEGER PRIMARY KEY, below INTEGER REFERENCES layer (id));
INSERT INTO "layer" VALUES(1,NULL);
INSERT INTO "layer" VALUES(2,1);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('opened','1');
INSERT INTO "meta" VALUES('tenant','made');
CREATE TABLE part (
        state INTEGER NOT NULL REFERENCES state (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        body TEXT NOT NULL,
        crc INTEGER NOT NULL,
        PRIMARY KEY (state, name)
    ) WITHOUT ROWID;
INSERT INTO "part" VALUES(1,'faults','{"rules":[],"made":0,"drawn":0}',2959321071);
INSERT INTO "part" VALUES(1,'tenant','{"about":{"id":"5c714143-c8e5-5738-9721-3138596eb4b8","displayName":"Everything","defaultDomain":"everything.example","region":"eur","clients":[{"clientId":"0e000000-0000-4000-8000-000000000001","displayName":"Reader","secret":"other","certificate":null,"permissions":["User.Read.All"],"directoryRoles":[]},{"clientId":"0e000000-0000-4000-8000-000000000002","displayName":"0e000000-0000-4000-8000-000000000002","secret":null,"certificate":null,"permissions":[],"directoryRoles":["Security Reader"]}]},"policy":{},"behaviour":"observed"}',3041302336);
INSERT INTO "part" VALUES(1,'time','{"frozen":"2031-05-06T07:08:09+00:00","ahead":0,"due":1935819000.0,"seed":0,"drawn":0}',715999062);
INSERT INTO "part" VALUES(1,'trouble','{"lag":null,"throttle":null,"stumbled":{}}',1029591505);
INSERT INTO "part" VALUES(2,'faults','{"rules":[],"made":0,"drawn":0}',2959321071);
INSERT INTO "part" VALUES(2,'tenant','{"about":{"id":"5c714143-c8e5-5738-9721-3138596eb4b8","displayName":"Everything","defaultDomain":"everything.example","region":"eur","clients":[{"clientId":"0e000000-0000-4000-8000-000000000001","displayName":"Reader","secret":"other","certificate":null,"permissions":["User.Read.All"],"directoryRoles":[]},{"clientId":"0e000000-0000-4000-8000-000000000002","displayName":"0e000000-0000-4000-8000-000000000002","secret":null,"certificate":null,"permissions":[],"directoryRoles":["Security Reader"]}]},"policy":{},"behaviour":"observed"}',3041302336);
INSERT INTO "part" VALUES(2,'time','{"frozen":"2031-05-06T07:08:09+00:00","ahead":0,"due":1935819000.0,"seed":0,"drawn":0}',715999062);
INSERT INTO "part" VALUES(2,'trouble','{"lag":null,"throttle":null,"stumbled":{}}',1029591505);
INSERT INTO "part" VALUES(3,'faults','{"rules":[],"made":0,"drawn":0}',2959321071);
INSERT INTO "part" VALUES(3,'tenant','{"about":{"id":"e9841571-e01c-5e7c-8f46-4a6c703d0b70","displayName":"Everything","defaultDomain":"everything.example","region":"eur","clients":[{"clientId":"0e000000-0000-4000-8000-000000000001","displayName":"Reader","secret":"other","certificate":null,"permissions":["User.Read.All"],"directoryRoles":[]},{"clientId":"0e000000-0000-4000-8000-000000000002","displayName":"0e000000-0000-4000-8000-000000000002","secret":null,"certificate":null,"permissions":[],"directoryRoles":["Security Reader"]}]},"policy":{},"behaviour":"observed"}',2687161470);
INSERT INTO "part" VALUES(3,'time','{"frozen":"2031-05-06T07:08:09+00:00","ahead":0,"due":1935819000.0,"seed":0,"drawn":0}',715999062);
INSERT INTO "part" VALUES(3,'trouble','{"lag":null,"throttle":null,"stumbled":{}}',1029591505);
INSERT INTO "part" VALUES(4,'faults','{"rules":[],"made":0,"drawn":0}',2959321071);
INSERT INTO "part" VALUES(4,'tenant','{"about":{"id":"e9841571-e01c-5e7c-8f46-4a6c703d0b70","displayName":"Everything","defaultDomain":"everything.example","region":"eur","clients":[{"clientId":"0e000000-0000-4000-8000-000000000001","displayName":"Reader","secret":"other","certificate":null,"permissions":["User.Read.All"],"directoryRoles":[]},{"clientId":"0e000000-0000-4000-8000-000000000002","displayName":"0e000000-0000-4000-8000-000000000002","secret":null,"certificate":null,"permissions":[],"directoryRoles":["Security Reader"]}]},"policy":{},"behaviour":"observed"}',2687161470);
INSERT INTO "part" VALUES(4,'time','{"frozen":"2031-05-06T07:08:09+00:00","ahead":0,"due":1935819000.0,"seed":0,"drawn":1}',867595799);
INSERT INTO "part" VALUES(4,'trouble','{"lag":null,"throttle":null,"stumbled":{}}',1029591505);
INSERT INTO "part" VALUES(5,'faults','{"rules":[],"made":0,"drawn":0}',2959321071);
INSERT INTO "part" VALUES(5,'tenant','{"about":{"id":"5c714143-c8e5-5738-9721-3138596eb4b8","displayName":"Everything","defaultDomain":"everything.example","region":"eur","clients":[{"clientId":"0e000000-0000-4000-8000-000000000001","displayName":"Reader","secret":"other","certificate":null,"permissions":["User.Read.All"],"directoryRoles":[]},{"clientId":"0e000000-0000-4000-8000-000000000002","displayName":"0e000000-0000-4000-8000-000000000002","secret":null,"certificate":null,"permissions":[],"directoryRoles":["Security Reader"]}]},"policy":{},"behaviour":"observed"}',3041302336);
INSERT INTO "part" VALUES(5,'time','{"frozen":"2031-05-06T07:08:09+00:00","ahead":0,"due":1935819000.0,"seed":0,"drawn":0}',715999062);
INSERT INTO "part" VALUES(5,'trouble','{"lag":null,"throttle":null,"stumbled":{}}',1029591505);
CREATE TABLE pointing (
        seq INTEGER PRIMARY KEY,
        layer INTEGER NOT NULL REFERENCES layer (id) ON DELETE CASCADE,
        type TEXT NOT NULL,
        link TEXT NOT NULL,
        target TEXT NOT NULL,
        id TEXT NOT NULL,
        UNIQUE (layer, type, link, target, id)
    );
INSERT INTO "pointing" VALUES(1,2,'connectorGroup','@container','applicationProxy','bf06f789-1357-442c-a9dc-1bd58b74a964');
CREATE TABLE sandbox (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
INSERT INTO "sandbox" VALUES(1,'default');
INSERT INTO "sandbox" VALUES(2,'fork');
CREATE TABLE state (
        id INTEGER PRIMARY KEY,
        sandbox INTEGER NOT NULL REFERENCES sandbox (id) ON DELETE CASCADE,
        role TEXT NOT NULL,
        name TEXT NOT NULL,
        layer INTEGER NOT NULL REFERENCES layer (id),
        UNIQUE (sandbox, role, name)
    );
INSERT INTO "state" VALUES(1,1,'first','',1);
INSERT INTO "state" VALUES(2,1,'present','',1);
INSERT INTO "state" VALUES(3,2,'first','',1);
INSERT INTO "state" VALUES(4,2,'present','',2);
INSERT INTO "state" VALUES(5,1,'saved','saved',1);
CREATE INDEX layer_below ON layer (below);
CREATE INDEX state_layer ON state (layer);
COMMIT;
