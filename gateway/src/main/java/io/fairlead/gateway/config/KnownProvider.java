package io.fairlead.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A provider of the catalogue, by what the environment may say about it. Immutable.
 *
 * @param id its id in the catalogue
 * @param keyNames variables that may hold its key, the preferred first
 * @param baseUrlNames variables that may hold another base URL, the preferred first
 * @param baseUrl its base URL, which may hold <code>${NAME}</code>
 */
public record KnownProvider(
        String id, List<String> keyNames, List<String> baseUrlNames, Optional<String> baseUrl) {
    private static final List<String> KEY_ENDINGS =
            List.of(
                    "_API_KEY",
                    "_API_TOKEN",
                    "_ACCESS_TOKEN",
                    "_ACCESS_KEY",
                    "_KEY",
                    "_TOKEN",
                    "_PAT");

    /** Ways to authenticate whose credential is a single text that stays the same. */
    private static final List<String> PLAIN_AUTH =
            List.of(
                    "bearer",
                    "x-api-key",
                    "x-goog-api-key",
                    "api-key",
                    "azure-api-key",
                    "xi-api-key",
                    "token",
                    "none");

    public KnownProvider {
        keyNames = List.copyOf(keyNames);
        baseUrlNames = List.copyOf(baseUrlNames);
    }

    /**
     * From the catalogue's data: {@code env} holds the variables that its own SDK reads; those that
     * end like a key are keys, and {@code NAME_API_KEY} goes with {@code NAME_BASE_URL} and {@code
     * NAME_API_BASE}. A provider whose preferred way to authenticate needs more than a text has no
     * key names.
     *
     * @param auth ways to authenticate, the preferred first, as the catalogue writes them
     */
    public static KnownProvider of(
            String id, List<String> auth, List<String> env, Optional<String> baseUrl) {
        String preferred = auth.isEmpty() ? "bearer" : auth.getFirst();
        int detail = preferred.indexOf(':');
        boolean plain =
                PLAIN_AUTH.contains(detail < 0 ? preferred : preferred.substring(0, detail));
        List<String> keyNames = new ArrayList<>();
        Set<String> baseUrlNames = new LinkedHashSet<>();
        for (String name : env) {
            Optional<String> ending = KEY_ENDINGS.stream().filter(name::endsWith).findFirst();
            if (plain && ending.isPresent()) {
                keyNames.add(name);
                String stem = name.substring(0, name.length() - ending.get().length());
                baseUrlNames.add(stem + "_BASE_URL");
                baseUrlNames.add(stem + "_API_BASE");
            }
        }
        return new KnownProvider(id, keyNames, List.copyOf(baseUrlNames), baseUrl);
    }

    /** The base URL with its variables put in; empty if there is none or a variable is missing. */
    Optional<String> filledBaseUrl(Map<String, String> environment) {
        return baseUrl.flatMap(text -> Substitution.apply(text, environment, _ -> {}));
    }

    /** Whether catalogue and environment together tell its address. */
    boolean hasAddress(Map<String, String> environment) {
        return filledBaseUrl(environment).isPresent()
                || baseUrlNames.stream().anyMatch(environment::containsKey);
    }
}
