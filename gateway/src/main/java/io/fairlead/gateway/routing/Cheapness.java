package io.fairlead.gateway.routing;

import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.Price;

import java.math.BigDecimal;
import java.util.Comparator;

/**
 * The order of deployments by price: three parts of input and one of output, as chats have them;
 * those without a price come last. Stateless.
 */
final class Cheapness {
    private static final BigDecimal INPUT_SHARE = BigDecimal.valueOf(3);

    static final Comparator<Deployment> ORDER =
            Comparator.comparing(
                    deployment -> deployment.price().map(Cheapness::blend).orElse(null),
                    Comparator.nullsLast(Comparator.naturalOrder()));

    private Cheapness() {}

    private static BigDecimal blend(Price price) {
        return price.rates().input().multiply(INPUT_SHARE).add(price.rates().output());
    }
}
