package io.fairlead.protocol.openai;

import java.util.Map;
import java.util.Set;

/**
 * The named changes that one attempt makes to the client's body; all other bytes stay as they came.
 * Immutable.
 *
 * @param model the model id of the deployment
 * @param askStreamUsage adds {@code stream_options.include_usage} to a streamed chat or completion
 * @param rename top-level members that have another name at this provider; where the new name is
 *     already there, the old one is dropped without being reported
 * @param drop top-level members that this provider refuses
 */
public record RequestEdit(
        String model, boolean askStreamUsage, Map<String, String> rename, Set<String> drop) {

    public RequestEdit {
        rename = Map.copyOf(rename);
        drop = Set.copyOf(drop);
    }

    public static RequestEdit model(String model) {
        return new RequestEdit(model, false, Map.of(), Set.of());
    }
}
