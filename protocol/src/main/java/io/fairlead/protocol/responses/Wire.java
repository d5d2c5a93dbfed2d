package io.fairlead.protocol.responses;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Beside;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What all readers and writers of this protocol share. Stateless: any thread. */
final class Wire {
    static final Protocol SELF = Protocol.OPENAI_RESPONSES;

    /** The content part begins a message; what stood beside the message is with it. */
    private static final String ITEM = "(item)";

    private static final String ITEM_FORM = "item";
    private static final String ITEM_FORMS = "item:";

    private Wire() {}

    /** Whether it was read from this protocol, so that nothing is to be added to it. */
    static boolean own(Beside beside) {
        return beside.origin().isPresent() && beside.origin().get() == SELF;
    }

    static boolean form(Beside beside, String form) {
        return beside.form(SELF, form);
    }

    /** The word behind this prefix among the forms; empty if there is none. */
    static String word(Beside beside, String prefix) {
        if (own(beside)) {
            for (String form : beside.forms()) {
                if (form.startsWith(prefix)) {
                    return form.substring(prefix.length());
                }
            }
        }
        return "";
    }

    /** Both besides as that of the first part of a message, of which {@link #message} is undone. */
    static Beside firstOf(Beside message, Beside part) {
        Map<String, Json> members = new LinkedHashMap<>(part.of(SELF));
        if (!message.of(SELF).isEmpty()) {
            JsonObject rest = new JsonObject();
            rest.merge(message.of(SELF));
            members.put(ITEM, rest.toJson());
        }
        Set<String> forms = own(part) ? new HashSet<>(part.forms()) : new HashSet<>();
        forms.add(ITEM_FORM);
        if (own(message)) {
            message.forms().forEach(form -> forms.add(ITEM_FORMS + form));
        }
        return new Beside(java.util.Optional.of(SELF), members, Set.copyOf(forms));
    }

    static boolean isFirst(Beside part) {
        return form(part, ITEM_FORM);
    }

    /** What stood beside the message that this part begins. */
    static Beside message(Beside part) {
        if (!isFirst(part)) {
            return Beside.NONE;
        }
        Map<String, Json> members = new LinkedHashMap<>();
        Json rest = part.of(SELF).get(ITEM);
        if (rest != null) {
            rest.members().forEach(member -> members.put(member.name(), member.value()));
        }
        Set<String> forms = new HashSet<>();
        for (String form : part.forms()) {
            if (form.startsWith(ITEM_FORMS)) {
                forms.add(form.substring(ITEM_FORMS.length()));
            }
        }
        return new Beside(java.util.Optional.of(SELF), members, Set.copyOf(forms));
    }

    /** What stood beside the part itself. */
    static void merge(JsonObject object, Beside beside) {
        Map<String, Json> members = beside.of(SELF);
        if (members.containsKey(ITEM)) {
            members = new LinkedHashMap<>(members);
            members.remove(ITEM);
        }
        object.merge(members);
    }
}
