package io.fairlead.gateway.app;

import io.fairlead.gateway.config.ConfigProblem;
import io.fairlead.gateway.config.ConfigWatch;
import io.fairlead.gateway.config.GatewayConfig;
import io.fairlead.gateway.edge.EdgeServer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/**
 * Tells the rooms of a changed configuration; one with problems changes nothing. Called by one
 * thread at a time.
 */
record Reload(Parts parts, EdgeServer edge) implements ConfigWatch.Listener {
    /** As the start's, for whoever reads the log. */
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    @Override
    public void applied(GatewayConfig config, List<ConfigProblem> warnings) {
        parts.apply(config);
        edge.apply(config.server());
        LogOf.apply(config, parts.logging());
        warnings.forEach(warning -> LOG.warn("configuration: {}", warning));
        LOG.info("configuration applied");
    }

    @Override
    public void refused(List<ConfigProblem> problems) {
        LOG.error(
                "the changed configuration has {} problem(s) and is not applied; the last"
                        + " good one stays",
                problems.size());
        problems.forEach(problem -> LOG.error("configuration: {}", problem));
    }
}
