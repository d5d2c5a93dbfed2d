package io.fairlead.gateway.config;

/** What must hold between the settings of one provider. Stateless. */
final class ProviderChecks {
    private ProviderChecks() {}

    static void check(Node.Mapping node, Fields f, String path, Reading in) {
        if (f.get(ProviderShapes.API_KEY).isPresent() && !f.get(ProviderShapes.KEYS).isEmpty()) {
            in.problem(node.at(), path, "both api_key and keys", "one of them");
        }
        if (f.get(CloudShapes.ACCESS_KEY_ID).isPresent()
                != f.get(CloudShapes.SECRET_ACCESS_KEY).isPresent()) {
            in.problem(
                    node.at(),
                    path,
                    "half of a key pair",
                    "both access_key_id and secret_access_key");
        }
        boolean sim =
                f.get(ProviderShapes.TYPE).map("sim"::equals).orElse(path.equals("providers.sim"));
        if (!sim && CloudShapes.simulates(f)) {
            in.problem(
                    node.at(),
                    path,
                    "latency, tokens_per_second or error_percent",
                    "them only with type: sim");
        }
        if (f.get(ProviderShapes.AUTH).filter(AuthScheme.NONE::equals).isPresent()
                && (f.get(ProviderShapes.API_KEY).isPresent()
                        || !f.get(ProviderShapes.KEYS).isEmpty())) {
            in.problem(node.at(), path, "a credential and auth: none", "one of them");
        }
    }
}
