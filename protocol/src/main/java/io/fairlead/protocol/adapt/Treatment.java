package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.ChatRequest;

import java.util.Optional;

/** What a protocol does with a feature. Immutable. */
public sealed interface Treatment {
    /** Its name in the reference: native, emulated, dropped, refused. */
    String name();

    /** How or why, in a few words; empty for native. */
    String note();

    /** It has words of its own for it. */
    record Native() implements Treatment {
        @Override
        public String name() {
            return "native";
        }

        @Override
        public String note() {
            return "";
        }
    }

    /** Other words stand for it, with the same meaning. */
    record Emulated(String note, Rewrite rewrite) implements Treatment {
        @Override
        public String name() {
            return "emulated";
        }
    }

    /** It is left out, which does not change what the answer means, and the client is told. */
    record Dropped(String note, Rewrite rewrite) implements Treatment {
        @Override
        public String name() {
            return "dropped";
        }
    }

    /** Without it the answer would mean something else, so the request is not made. */
    record Refused(String note) implements Treatment {
        @Override
        public String name() {
            return "refused";
        }
    }

    /**
     * A rewriting of a request that uses the feature to one that does not. Pure. Gives the very
     * same request if there was nothing to do, which then counts as native.
     */
    @FunctionalInterface
    interface Rewrite {
        ChatRequest apply(ChatRequest request, ModelFacts model);

        /**
         * What must be done to the answer so that the client sees what it asked for. Asked only if
         * the rewriting changed something.
         *
         * @param request as it was before the rewriting
         */
        default Optional<AnswerRewrite> answer(ChatRequest request) {
            return Optional.empty();
        }
    }
}
