package io.fairlead.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.conformance.JavaClient.Answer;
import io.fairlead.conformance.JavaClient.Call;
import io.fairlead.conformance.JavaClient.Options;
import io.fairlead.conformance.JavaClient.Piece;
import io.fairlead.conformance.JavaClient.Piece.Words;
import io.fairlead.conformance.JavaClient.ToolSpec;
import io.fairlead.protocol.json.Json;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The cases of {@code node/cases.mjs} for SDKs for Java. Stateless: any thread. */
final class JavaCases {
    /** A case, asked of one client at one model. */
    @FunctionalInterface
    interface Case {
        <M> void run(JavaClient<M> client, String model, Options options) throws Exception;
    }

    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5Erk"
                + "Jggg==";
    private static final String PDF =
            Base64.getEncoder()
                    .encodeToString(
                            "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
                                    .getBytes(UTF_8));
    private static final Map<String, Object> PERSON =
            object(
                    "{\"name\":{\"type\":\"string\"},\"age\":{\"type\":\"integer\"}}",
                    "name",
                    "age");
    private static final ToolSpec WEATHER =
            new ToolSpec(
                    "get_weather",
                    "The weather of a city",
                    object(
                            "{\"city\":{\"type\":\"string\"},\"days\":{\"type\":\"integer\"}}",
                            "city",
                            "days"));
    private static final ToolSpec TIME = new ToolSpec("get_time", "The time now", object("{}"));
    private static final Json INPUT = Json.parse("{\"city\":\"Kiel\",\"days\":42}");

    private JavaCases() {}

    /** In the order of the matrix. */
    static SequencedMap<String, Case> all() {
        SequencedMap<String, Case> all = new LinkedHashMap<>();
        all.put("text", JavaCases::text);
        all.put("usage", JavaCases::usage);
        all.put("many turns", JavaCases::manyTurns);
        all.put("image", JavaCases::image);
        all.put("document", JavaCases::document);
        all.put("a call", JavaCases::aCall);
        all.put("two calls", JavaCases::twoCalls);
        all.put("forced call", JavaCases::forcedCall);
        all.put("structured output", JavaCases::structured);
        all.put("json mode", JavaCases::jsonMode);
        all.put("reasoning and a call", JavaCases::reasoning);
        all.put("stop", JavaCases::stop);
        all.put("length", JavaCases::length);
        all.put("refusal", JavaCases::refusal);
        all.put("filter", JavaCases::filter);
        all.put("error 400", JavaFailures::error400);
        all.put("error 429", JavaFailures::error429);
        all.put("error 500", JavaFailures::error500);
        all.put("broken stream", JavaFailures::brokenStream);
        all.put("abort", JavaFailures::abort);
        return all;
    }

    private static Map<String, Object> object(String properties, String... required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", Replay.JSON.readValue(properties, Map.class));
        if (required.length > 0) {
            schema.put("required", List.of(required));
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static <M> void text(JavaClient<M> client, String model, Options options)
            throws Exception {
        says(client, model, options, "You said: hello there", new Words("hello there"));
    }

    private static <M> void image(JavaClient<M> client, String model, Options options)
            throws Exception {
        String seen = "saw image/png of " + PNG.length();
        says(client, model, options, seen, new Words("what is this?"), new Piece.Image(PNG));
    }

    private static <M> void document(JavaClient<M> client, String model, Options options)
            throws Exception {
        String seen = "saw application/pdf of " + PDF.length();
        says(client, model, options, seen, new Words("what is this?"), new Piece.Pdf(PDF));
    }

    private static <M> void says(
            JavaClient<M> client, String model, Options options, String text, Piece... pieces)
            throws Exception {
        Answer<M> answer = client.ask(model, List.of(client.user(pieces)), options);
        assertThat(answer.text()).isEqualTo(text);
        assertThat(answer.finish()).isEqualTo("stop");
        assertThat(answer.calls()).isEmpty();
    }

    private static <M> void usage(JavaClient<M> client, String model, Options options)
            throws Exception {
        Answer<M> answer = ask(client, model, options, "hello there");
        assertThat(List.of(answer.input(), answer.output())).containsExactly(12L, 7L);
    }

    private static <M> void manyTurns(JavaClient<M> client, String model, Options options)
            throws Exception {
        List<M> conversation =
                List.of(
                        client.user(new Words("My name is Ada.")),
                        client.assistant("Hello Ada."),
                        client.user(new Words("recall it all")));
        Answer<M> answer = client.ask(model, conversation, options.withSystem("Be brief."));
        assertThat(answer.text())
                .isEqualTo(
                        "system: Be brief. | user: My name is Ada. | assistant: Hello Ada. | user:"
                                + " recall it all");
    }

    private static <M> void aCall(JavaClient<M> client, String model, Options options)
            throws Exception {
        calls(client, model, options.withTools(WEATHER), "the weather in Kiel", 1);
    }

    private static <M> void twoCalls(JavaClient<M> client, String model, Options options)
            throws Exception {
        calls(client, model, options.withTools(WEATHER), "two of them", 2);
    }

    private static <M> void forcedCall(JavaClient<M> client, String model, Options options)
            throws Exception {
        Options forced = options.withTools(TIME, WEATHER).withChoice(Optional.of("get_weather"));
        calls(client, model, forced, "just go", 1);
    }

    private static <M> void reasoning(JavaClient<M> client, String model, Options options)
            throws Exception {
        Answer<M> first =
                calls(
                        client,
                        model,
                        options.withTools(WEATHER).thinking(),
                        "think of the weather",
                        1);
        assertThat(first.thoughts()).isEqualTo("First I should look it up.");
    }

    /** Calls tools, brings their results back, and has them told. */
    private static <M> Answer<M> calls(
            JavaClient<M> client, String model, Options options, String prompt, int count)
            throws Exception {
        List<M> conversation = new ArrayList<>(List.of(client.user(new Words(prompt))));
        Answer<M> first = client.ask(model, conversation, options);
        assertThat(first.finish()).isEqualTo("tools");
        assertThat(first.calls()).hasSize(count);
        List<String> outputs = new ArrayList<>();
        for (Call call : first.calls()) {
            assertThat(call.name()).isEqualTo("get_weather");
            assertThat(Json.parse(call.input())).isEqualTo(INPUT);
            outputs.add(12 + outputs.size() + " degrees");
        }
        conversation.addAll(first.said());
        conversation.addAll(client.results(first.calls(), outputs));
        Answer<M> second = client.ask(model, conversation, options.withChoice(Optional.empty()));
        assertThat(second.finish()).isEqualTo("stop");
        String[] told = second.text().replace(" ", "").split(";", -1);
        assertThat(told).hasSize(count);
        for (int i = 0; i < count; i++) {
            String[] halves = told[i].split("=", 2);
            assertThat(halves[0]).startsWith("get_weather{");
            assertThat(Json.parse(halves[0].substring("get_weather".length()))).isEqualTo(INPUT);
            assertThat(halves[1]).matches("(\"|\\{.*\")?" + (12 + i) + "degrees(\"|\"})?");
        }
        return first;
    }

    private static <M> void structured(JavaClient<M> client, String model, Options options)
            throws Exception {
        Answer<M> answer = ask(client, model, options.withSchema(PERSON), "a person");
        assertThat(Json.parse(answer.text()))
                .isEqualTo(Json.parse("{\"name\":\"Kiel\",\"age\":42}"));
        assertThat(answer.finish()).isEqualTo("stop");
    }

    private static <M> void jsonMode(JavaClient<M> client, String model, Options options)
            throws Exception {
        Answer<M> answer = ask(client, model, options.asJson(), "anything, as JSON");
        assertThat(Json.parse(answer.text())).isEqualTo(Json.parse("{\"ok\":true}"));
        assertThat(answer.finish()).isEqualTo("stop");
    }

    private static <M> void stop(JavaClient<M> client, String model, Options options)
            throws Exception {
        Answer<M> answer = ask(client, model, options.withStop("END"), "count");
        assertThat(answer.text()).isEqualTo("until end");
        assertThat(answer.finish()).isEqualTo("stop");
    }

    private static <M> void length(JavaClient<M> client, String model, Options options)
            throws Exception {
        Answer<M> answer = ask(client, model, options, "run out");
        assertThat(answer.text()).isEqualTo("There once was");
        assertThat(answer.finish()).isEqualTo("length");
    }

    private static <M> void refusal(JavaClient<M> client, String model, Options options)
            throws Exception {
        Answer<M> answer = ask(client, model, options, "refuse");
        assertThat(answer.text() + answer.refusal()).isIn("I won't.", "");
        assertThat(answer.finish()).isIn("stop", "filter", "refusal");
    }

    private static <M> void filter(JavaClient<M> client, String model, Options options)
            throws Exception {
        Answer<M> answer = ask(client, model, options, "be filtered");
        assertThat(answer.finish()).isIn("filter", "refusal");
    }

    static <M> Answer<M> ask(JavaClient<M> client, String model, Options options, String prompt)
            throws Exception {
        return client.ask(model, List.of(client.user(new Words(prompt))), options);
    }
}
