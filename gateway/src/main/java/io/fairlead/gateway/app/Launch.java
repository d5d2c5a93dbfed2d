package io.fairlead.gateway.app;

import io.fairlead.gateway.catalogue.Catalogue;
import io.fairlead.gateway.config.ConfigReading;
import io.fairlead.gateway.config.ConfigSource;
import io.fairlead.gateway.config.GatewayConfig;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a gateway is started with. Immutable.
 *
 * @param source where the configuration comes from, to be read again when it changes
 * @param reading what it says now, without problems
 * @param config the configuration to start with
 * @param environment the variables that base URLs of the catalogue may name
 * @param catalogue who sells what
 * @param data the data directory; made when it is not there
 * @param version version of the product
 */
public record Launch(
        ConfigSource source,
        ConfigReading reading,
        GatewayConfig config,
        Map<String, String> environment,
        Catalogue catalogue,
        Path data,
        String version) {}
