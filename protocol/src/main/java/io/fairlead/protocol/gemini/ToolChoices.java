package io.fairlead.protocol.gemini;

import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.Json.Kind;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.ToolChoice;

import java.util.List;
import java.util.Optional;

/** Reads and writes {@code toolConfig.functionCallingConfig}. Stateless: any thread. */
final class ToolChoices {
    private static final String VALIDATED = "mode:validated";
    private static final String AS_NUMBER = "mode:number";

    /** By number; the number of later modes is not the same at both of Google's. */
    private static final List<String> MODES = List.of("MODE_UNSPECIFIED", "AUTO", "ANY", "NONE");

    private ToolChoices() {}

    static Optional<ToolChoice> read(ProtoFields request) {
        Optional<ProtoFields> config =
                request.object("toolConfig").flatMap(c -> c.object("functionCallingConfig"));
        if (config.isEmpty()) {
            return Optional.empty();
        }
        Optional<Json> said = config.get().peek("mode");
        String mode = said.map(ToolChoices::modeOf).orElse("");
        if (!List.of("AUTO", "ANY", "NONE", "VALIDATED").contains(mode)) {
            return Optional.empty();
        }
        if (said.get().kind() == Kind.NUMBER) {
            config.get().take("mode");
            request.form(AS_NUMBER);
        } else {
            config.get().word("mode");
        }
        if (mode.equals("VALIDATED")) {
            request.form(VALIDATED);
        }
        if (mode.equals("NONE")) {
            return Optional.of(new ToolChoice.None());
        }
        List<String> names = config.get().texts("allowedFunctionNames");
        boolean required = mode.equals("ANY");
        if (names.isEmpty()) {
            return Optional.of(required ? new ToolChoice.Required() : new ToolChoice.Auto());
        }
        return Optional.of(
                required && names.size() == 1
                        ? new ToolChoice.Named(names.getFirst())
                        : new ToolChoice.Allowed(required, names));
    }

    private static String modeOf(Json mode) {
        if (mode.kind() == Kind.NUMBER) {
            long number = mode.whole();
            return number > 0 && number < MODES.size() ? MODES.get((int) number) : "";
        }
        return mode.isString() ? mode.text().toUpperCase(java.util.Locale.ROOT) : "";
    }

    static void write(ToolChoice choice, JsonObject body, Spelling spelling) {
        JsonObject toolConfig = spelling.object(body, "toolConfig");
        JsonObject config = spelling.object(toolConfig, "functionCallingConfig");
        switch (choice) {
            case ToolChoice.Auto ignored -> mode("AUTO", config, spelling);
            case ToolChoice.None ignored -> mode("NONE", config, spelling);
            case ToolChoice.Required ignored -> mode("ANY", config, spelling);
            case ToolChoice.Named(String name) -> {
                mode("ANY", config, spelling);
                config.put(spelling.name("allowedFunctionNames"), new JsonArray().add(name));
            }
            case ToolChoice.Allowed(boolean required, List<String> names) -> {
                // Without a need to call one, names are taken in this mode only.
                mode(required ? "ANY" : "VALIDATED", config, spelling);
                config.put(spelling.name("allowedFunctionNames"), JsonArray.ofTexts(names));
            }
        }
    }

    private static void mode(String mode, JsonObject config, Spelling spelling) {
        if (spelling.form(AS_NUMBER)) {
            config.put("mode", MODES.indexOf(mode));
        } else {
            boolean validated = mode.equals("AUTO") && spelling.form(VALIDATED);
            spelling.word(config, "mode", validated ? "VALIDATED" : mode);
        }
    }
}
