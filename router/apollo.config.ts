// Apollo's gateway reads it when it is made, and otherwise looks for the metadata service of a cloud and reports to it.
process.env.APOLLO_TELEMETRY_DISABLED = 'true';
