package io.fairlead.gateway.cli;

import io.fairlead.gateway.app.Gateway;
import io.fairlead.gateway.app.Launch;
import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.ModelRoute;
import io.fairlead.gateway.config.ProviderConfig;

import java.nio.file.Path;

/**
 * What a start shows: the loaded tree, the addresses, and a first call that works as printed.
 * Stateless.
 */
final class Banner {
    private static final int MOST_LINES = 12;

    private Banner() {}

    static String of(Launch launch, Gateway gateway) {
        GatewayConfig config = launch.config();
        StringBuilder text = new StringBuilder();
        text.append("  configuration  ")
                .append(
                        launch.source()
                                .file()
                                .map(Path::toString)
                                .orElse("none (environment only)"))
                .append('\n');
        text.append("  data           ").append(launch.data()).append('\n');
        providers(config, text);
        names(config, text);
        keys(config, text);
        String url = gateway.url().toString();
        text.append("  OpenAI base    ").append(url).append("/v1\n");
        text.append("  metrics        ").append(url).append("/metrics\n");
        text.append("  records        ").append(url).append("/admin/v1/requests\n");
        if (config.providers().containsKey("sim")) {
            text.append("\n  A first call:\n");
            text.append(curl(url, config));
        }
        return text.toString();
    }

    private static void providers(GatewayConfig config, StringBuilder text) {
        text.append("  providers\n");
        int shown = 0;
        for (ProviderConfig provider : config.providers().values()) {
            if (shown++ == MOST_LINES) {
                text.append("    … and ")
                        .append(config.providers().size() - MOST_LINES)
                        .append(" more\n");
                break;
            }
            text.append("    ").append(provider.id());
            if (!provider.catalogueId().equals(provider.id())) {
                text.append(" (").append(provider.catalogueId()).append(')');
            }
            text.append(
                    switch (provider.origin()) {
                        case FILE -> "";
                        case ENVIRONMENT -> ", key found in the environment";
                        case BUILT_IN -> ", simulated, needs no key";
                    });
            provider.baseUrl().ifPresent(base -> text.append(", ").append(base));
            text.append('\n');
        }
    }

    private static void names(GatewayConfig config, StringBuilder text) {
        if (config.models().isEmpty()) {
            return;
        }
        text.append("  models\n");
        int shown = 0;
        for (ModelRoute route : config.models().values()) {
            if (shown++ == MOST_LINES) {
                text.append("    … and ")
                        .append(config.models().size() - MOST_LINES)
                        .append(" more\n");
                break;
            }
            text.append("    ").append(route.name()).append(" -> ");
            text.append(
                    String.join(
                            route.strategy() == ModelRoute.Strategy.WEIGHTED ? " | " : ", then ",
                            route.targets().stream().map(ModelRoute.Target::model).toList()));
            text.append('\n');
        }
    }

    private static void keys(GatewayConfig config, StringBuilder text) {
        boolean needed = config.server().requireKey() || !config.keys().isEmpty();
        text.append("  keys           ");
        text.append(
                needed
                        ? config.keys().size() + " declared; a key is needed"
                        : "none: serves without a key, to programs on this machine only");
        text.append('\n');
    }

    private static String curl(String url, GatewayConfig config) {
        boolean needed = config.server().requireKey() || !config.keys().isEmpty();
        return "  curl "
                + url
                + "/v1/chat/completions -H 'content-type: application/json'"
                + (needed ? " -H \"authorization: Bearer $YOUR_KEY\"" : "")
                + " -d '{\"model\":\"sim/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello,"
                + " Fairlead\"}]}'\n";
    }
}
