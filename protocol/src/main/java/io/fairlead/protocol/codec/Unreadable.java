package io.fairlead.protocol.codec;

/**
 * What was read is not what the protocol says: the one exception of all readers. Its message names
 * the place, what was found and what was expected, and holds nothing of the content. No stack
 * trace: it is an answer, not a defect. Immutable.
 */
public final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String problem;

    /**
     * @param path of the field, such as {@code messages[2].role}; empty for the body as a whole
     * @param problem what is wrong there, to be read after the path
     */
    public Unreadable(String path, String problem) {
        super(path.isEmpty() ? problem : path + ": " + problem, null, false, false);
        this.path = path;
        this.problem = path.isEmpty() ? problem : path + ": " + problem;
    }

    /** What is wrong, and where: the message. */
    public String problem() {
        return problem;
    }

    public String path() {
        return path;
    }
}
