package io.fairlead.gateway.app;

import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.config.LogConfig;
import io.fairlead.gateway.config.ProviderConfig;
import io.fairlead.gateway.telemetry.LogSettings;
import io.fairlead.gateway.telemetry.Logging;
import io.fairlead.kernel.Secret;

import java.util.ArrayList;
import java.util.List;

/** Makes the process's log what the configuration says. Stateless. */
final class LogOf {
    private LogOf() {}

    static void apply(GatewayConfig config, Logging logging) {
        logging.apply(new LogSettings(level(config.log()), form(config.log())));
        logging.hide(secrets(config));
    }

    private static LogSettings.Level level(LogConfig log) {
        return switch (log.level()) {
            case ERROR -> LogSettings.Level.ERROR;
            case WARN -> LogSettings.Level.WARN;
            case INFO -> LogSettings.Level.INFO;
            case DEBUG -> LogSettings.Level.DEBUG;
        };
    }

    private static LogSettings.Form form(LogConfig log) {
        return switch (log.format()) {
            case TEXT -> LogSettings.Form.TEXT;
            case JSON -> LogSettings.Form.JSON;
        };
    }

    /** The secrets that the gateway holds in the clear, because it must send them. */
    private static List<Secret> secrets(GatewayConfig config) {
        List<Secret> secrets = new ArrayList<>();
        for (ProviderConfig provider : config.providers().values()) {
            provider.keys().forEach(key -> secrets.add(key.secret()));
            secrets.addAll(provider.headers().values());
            provider.aws()
                    .ifPresent(aws -> {
                        secrets.add(aws.secretAccessKey());
                        aws.sessionToken().ifPresent(secrets::add);
                    });
            provider.azure()
                    .flatMap(ProviderConfig.Azure::entra)
                    .ifPresent(entra -> secrets.add(entra.secret()));
        }
        return secrets;
    }
}
