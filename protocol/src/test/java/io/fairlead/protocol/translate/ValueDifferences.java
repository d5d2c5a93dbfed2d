package io.fairlead.protocol.translate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where two canonical values differ: whatever components their records have, also those that are
 * added later, so that nothing can be forgotten. Stateless: any thread.
 */
final class ValueDifferences {
    private static final int MOST = 20;

    /**
     * One difference.
     *
     * @param path as {@code output.format.schema}; elements of lists without their number
     */
    record Difference(String path, Object before, Object after) {
        @Override
        public String toString() {
            return path + ": " + cut(before) + " became " + cut(after);
        }

        private static String cut(Object what) {
            String text = String.valueOf(what);
            return text.length() <= 300 ? text : text.substring(0, 300) + "...";
        }
    }

    private final List<Difference> found = new ArrayList<>();

    private ValueDifferences() {}

    static List<Difference> of(Object before, Object after) {
        ValueDifferences differences = new ValueDifferences();
        differences.look("", before, after);
        return differences.found;
    }

    private void look(String path, Object before, Object after) {
        if (before.equals(after) || found.size() >= MOST) {
            return;
        }
        if (before instanceof Optional<?> one
                && after instanceof Optional<?> other
                && one.isPresent()
                && other.isPresent()) {
            look(path, one.get(), other.get());
        } else if (before instanceof List<?> some
                && after instanceof List<?> others
                && some.size() == others.size()) {
            for (int i = 0; i < some.size(); i++) {
                look(path, some.get(i), others.get(i));
            }
        } else if (before instanceof Record && before.getClass() == after.getClass()) {
            for (RecordComponent component : before.getClass().getRecordComponents()) {
                String name =
                        path.isEmpty() ? component.getName() : path + "." + component.getName();
                look(name, value(component, before), value(component, after));
            }
        } else {
            found.add(new Difference(path, before, after));
        }
    }

    private static Object value(RecordComponent component, Object record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(component.toString(), e);
        }
    }
}
