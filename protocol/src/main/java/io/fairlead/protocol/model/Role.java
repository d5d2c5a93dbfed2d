package io.fairlead.protocol.model;

/**
 * Who speaks. Results of tools are said by the user, as parts of a turn, whatever the protocol
 * calls them. Immutable.
 */
public enum Role {
    /** Instructions of the operator of the application. */
    SYSTEM,
    /** The same, as newer OpenAI models call it. */
    DEVELOPER,
    USER,
    ASSISTANT;

    public boolean instructs() {
        return this == SYSTEM || this == DEVELOPER;
    }
}
