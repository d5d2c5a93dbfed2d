package io.fairlead.protocol.service;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.ProviderFaults;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.MalformedJson;

/** Says why an answer with a 2xx status is none. Stateless: any thread. */
public final class AnswerFault {
    private AnswerFault() {}

    /**
     * The fault that the answer is.
     *
     * @param unreadable what was missed in it
     */
    public static ProviderFault of(byte[] body, Unreadable unreadable) {
        if (body.length == 0) {
            return new ProviderFault.Empty("the provider's answer is empty");
        }
        return isError(body)
                ? ProviderFaults.inStream(ErrorBody.read(body))
                : new ProviderFault.Malformed(
                        "the provider's answer can't be read: " + unreadable.getMessage());
    }

    private static boolean isError(byte[] body) {
        try {
            return Json.parse(body).get("error").filter(it -> !it.isNull()).isPresent();
        } catch (MalformedJson _) {
            return false;
        }
    }
}
