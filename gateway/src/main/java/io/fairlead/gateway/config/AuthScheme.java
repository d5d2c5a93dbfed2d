package io.fairlead.gateway.config;

/** How a credential is put on a request, by its name in the file. Immutable. */
public enum AuthScheme {
    BEARER("bearer"),
    X_API_KEY("x-api-key"),
    X_GOOG_API_KEY("x-goog-api-key"),
    API_KEY("api-key"),
    NONE("none");

    private final String wireName;

    AuthScheme(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
