package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.service.ServiceTarget;

/** The form in which clients ask for vectors. Stateless: any thread. */
interface ClientForm {
    /**
     * Reads a request.
     *
     * @throws io.fairlead.protocol.codec.Unreadable naming the member at fault
     */
    EmbedRequest read(Json body);

    /** Writes the answer to it. */
    byte[] write(EmbedAnswer answer, EmbedRequest asked, ServiceTarget target);
}
