package io.fairlead.protocol.service.images;

import java.util.List;
import java.util.Optional;

/** Sizes in pixels as the aspect ratios that a provider has. Immutable. */
final class Ratios {
    /** How far a ratio may be off and still be the same. */
    private static final double SAME = 0.01;

    private final List<String> known;

    /**
     * @param known {@code 16:9} and the like
     */
    Ratios(List<String> known) {
        this.known = List.copyOf(known);
    }

    /**
     * The ratio asked for, or the one nearest to the size asked for.
     *
     * @param dropped gets {@code size} if that is another ratio
     */
    Optional<String> of(ImageRequest asked, List<String> dropped) {
        if (asked.ratio().isPresent() || asked.size().isEmpty()) {
            return asked.ratio();
        }
        double wanted = Math.log((double) asked.size().get().width() / asked.size().get().height());
        String nearest = known.getFirst();
        for (String ratio : known) {
            if (distance(ratio, wanted) < distance(nearest, wanted)) {
                nearest = ratio;
            }
        }
        if (distance(nearest, wanted) > SAME) {
            dropped.add("size");
        }
        return Optional.of(nearest);
    }

    private static double distance(String ratio, double wanted) {
        int colon = ratio.indexOf(':');
        double width = Double.parseDouble(ratio.substring(0, colon));
        double height = Double.parseDouble(ratio.substring(colon + 1));
        return Math.abs(Math.log(width / height) - wanted);
    }
}
