package io.fairlead.protocol.responses;

import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.StreamEvent.PartGrew;
import io.fairlead.protocol.model.StreamEvent.Started;
import io.fairlead.protocol.model.StreamEvent.UsageKnown;
import io.fairlead.protocol.model.TokenUsage;

import java.util.List;
import java.util.Optional;

/** What the events of one message say, as its members. Immutable. */
record Told(List<StreamEvent> events) {
    /** The pieces of text. */
    String grown() {
        StringBuilder text = new StringBuilder();
        for (StreamEvent event : events) {
            if (event instanceof PartGrew grew) {
                switch (grew.growth()) {
                    case Growth.MoreText(String more) -> text.append(more);
                    case Growth.MoreArguments(String more) -> text.append(more);
                    case Growth.MoreReasoning reasoning -> text.append(reasoning.text());
                    case Growth.Cited ignored -> {}
                    case Growth.Sealed ignored -> {}
                    case Growth.MoreMedia ignored -> {}
                    case Growth.MoreForeign ignored -> {}
                }
            }
        }
        return text.toString();
    }

    JsonObject started() {
        JsonObject response = new JsonObject();
        for (StreamEvent event : events) {
            if (event instanceof Started started) {
                response.put("id", started.id()).put("model", started.model());
                response.put("created_at", started.created());
            }
        }
        return response;
    }

    Optional<TokenUsage> usage() {
        for (StreamEvent event : events) {
            if (event instanceof UsageKnown known) {
                return Optional.of(known.usage());
            }
        }
        return Optional.empty();
    }
}
