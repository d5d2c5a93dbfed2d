package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.fault.ErrorAnswers;

import java.util.LinkedHashMap;
import java.util.Map;

/** The last responses that were to be stored, by id. Thread-safe. */
final class StoredResponses {
    private static final int MAX_KEPT = 256;

    private final Map<String, String> byId =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    /** Answers a request for a response, and keeps it unless {@code store} is false. */
    SimAnswer answer(Call call) {
        Responses responses = new Responses(call);
        if (call.json().path("store").asBoolean(true)) {
            synchronized (byId) {
                byId.put("resp_" + call.id(), responses.complete().toString());
            }
        }
        return responses.answer();
    }

    SimAnswer get(String id) {
        String json;
        synchronized (byId) {
            json = byId.get(id);
        }
        return json == null ? unknown() : SimAnswer.json(200, json);
    }

    SimAnswer delete(String id) {
        String json;
        synchronized (byId) {
            json = byId.remove(id);
        }
        return json == null
                ? unknown()
                : SimAnswer.json(
                        200,
                        "{\"id\":" + Json.quote(id) + ",\"object\":\"response\",\"deleted\":true}");
    }

    private static SimAnswer unknown() {
        return ErrorAnswers.of(404, "invalid_request_error", "null", "No response has this id.");
    }
}
