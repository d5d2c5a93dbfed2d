package io.fairlead.gateway.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Requests, newest first. Immutable.
 *
 * @param entries the requests
 * @param next where the next page begins; absent: this is the last one
 */
public record RequestPage(List<RequestRecord> entries, Optional<RequestCursor> next) {
    public RequestPage {
        entries = List.copyOf(entries);
    }
}
