package io.fairlead.protocol.responses;

import io.fairlead.protocol.adapt.TablesTest;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

/** What the table of this protocol says holds. */
class DifferencesTest {
    @TestFactory
    Stream<DynamicTest> theTableHolds() {
        return TablesTest.of(new OpenAiResponsesProtocol());
    }
}
