package io.fairlead.protocol.service.images;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;
import io.fairlead.protocol.translate.Translation.Unary;

/** The form of one provider. Stateless: any thread. */
interface ImageForm {
    /** Whether it has an operation for clients of this endpoint. */
    boolean offers(Endpoint client);

    /**
     * The request.
     *
     * @throws Unsupported if the form can't say it
     */
    Told write(ImageRequest asked, ServiceTarget target);

    /**
     * What the client gets of an answer with a 2xx status.
     *
     * @throws io.fairlead.protocol.codec.Unreadable if it is none
     */
    Unary read(ImageRequest asked, ServiceTarget target, byte[] body);
}
