package io.fairlead.gateway.config;

/** The text of a first configuration file. Stateless. */
public final class StarterConfig {
    private StarterConfig() {}

    /** A file that works as it is, with the most useful settings to switch on. */
    public static String text() {
        return """
        # yaml-language-server: $schema=docs/reference/fairlead.schema.json
        #
        # Configuration of Fairlead. Everything is optional; a change is applied without a restart.
        # ${NAME} and ${NAME:-default} take environment variables, a secret may also be file:PATH.
        # Check this file with: fairlead validate

        server:
          host: 127.0.0.1            # any other address needs an admin key
          port: 4000
          # admin_key: "${FAIRLEAD_ADMIN_KEY}"

        # Providers whose keys are in the environment (OPENAI_API_KEY, ANTHROPIC_API_KEY, ...) need no entry.
        providers:
          # openai:  { api_key: "${OPENAI_API_KEY}" }
          # my-vllm: { protocol: openai-chat, base_url: "http://10.0.0.5:8000/v1", auth: none }

        # Names of yours that clients may ask for.
        models:
          demo: sim/echo
          # smart:
          #   targets:
          #     - openai/gpt-5
          #     - anthropic/claude-sonnet-4-5

        # As soon as there is a key, every request needs one.
        keys:
          # - { name: app-a, secret: "${APP_A_KEY}", models: [smart, "openai/*"] }
        """;
    }
}
