package io.fairlead.gateway.cloud;

import java.util.Map;
import java.util.Optional;

/** The region that AWS's own tools would use. Stateless. */
public final class AwsRegion {
    private AwsRegion() {}

    /** As the environment says, else the profile of the shared files. Reads files. */
    public static Optional<String> of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("AWS_REGION"))
                .or(() -> Optional.ofNullable(environment.get("AWS_DEFAULT_REGION")))
                .or(() -> Optional.ofNullable(AwsFiles.profile(environment).get("region")))
                .filter(region -> !region.isBlank());
    }
}
