package io.fairlead.protocol.openai;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.ProviderFaults;
import io.fairlead.protocol.error.Redaction;
import io.fairlead.protocol.json.MalformedJson;

import java.util.Locale;
import java.util.Optional;

/** Reads unary answers with a 2xx status and puts them right. Stateless: any thread. */
public final class AnswerReader {
    private AnswerReader() {}

    /**
     * Reads a whole answer.
     *
     * @param contentType the answer's {@code Content-Type}; audio and plain text are not looked
     *     into
     */
    public static Answer read(
            Endpoint endpoint, Conformance conformance, Optional<String> contentType, byte[] body) {
        if (!isJsonExpected(endpoint, contentType)) {
            return body.length == 0 && endpoint != Endpoint.PASSTHROUGH
                    ? refused(body, new ProviderFault.Empty("the provider's answer is empty"))
                    : Answer.unread(body);
        }
        AnswerScan scan = new AnswerScan(endpoint);
        try {
            scan.read(body);
        } catch (MalformedJson malformed) {
            return endpoint == Endpoint.PASSTHROUGH
                    ? Answer.unread(body)
                    : refused(body, unreadable(contentType, body, malformed));
        }
        Optional<ProviderFault> fault = fault(endpoint, scan, body);
        byte[] bytes =
                conformance.enabled() && fault.isEmpty()
                        ? new Conformer(endpoint, conformance, false).answer(body)
                        : body;
        return new Answer(
                bytes, scan.usage(), scan.model(), scan.finishReason(), scan.hasCall(), fault);
    }

    private static boolean isJsonExpected(Endpoint endpoint, Optional<String> contentType) {
        String type = contentType.orElse("application/json").toLowerCase(Locale.ROOT);
        return switch (endpoint) {
            case SPEECH, TRANSCRIPTIONS, TRANSLATIONS, PASSTHROUGH -> type.contains("json");
            default -> true;
        };
    }

    private static Answer refused(byte[] body, ProviderFault fault) {
        return new Answer(
                body,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(fault));
    }

    private static ProviderFault unreadable(
            Optional<String> contentType, byte[] body, MalformedJson malformed) {
        if (body.length == 0) {
            return new ProviderFault.Empty("the provider's answer is empty");
        }
        boolean page = body[0] == '<' || contentType.orElse("").contains("html");
        String found =
                page
                        ? "HTML: " + Redaction.clean(ErrorBody.read(body).message())
                        : "malformed JSON: " + malformed.getMessage();
        return new ProviderFault.Malformed("the provider answered with " + found);
    }

    private static Optional<ProviderFault> fault(Endpoint endpoint, AnswerScan scan, byte[] body) {
        if (endpoint == Endpoint.PASSTHROUGH) {
            return Optional.empty();
        }
        if (scan.hasError() && !scan.hasAnswer()) {
            return Optional.of(ProviderFaults.inStream(ErrorBody.read(body)));
        }
        if (!scan.hasAnswer()) {
            return Optional.of(new ProviderFault.Malformed(scan.missing()));
        }
        return scan.isEmpty()
                ? Optional.of(
                        new ProviderFault.Empty("the provider's answer has neither output nor end"))
                : Optional.empty();
    }
}
