package io.fairlead.protocol.responses;

import io.fairlead.protocol.model.Seal;

/** Makes the ids of one answer's items from the answer's id. Confined to one thread. */
final class ItemIds {
    private final String base;
    private int next;

    ItemIds(String base) {
        this.base = base;
    }

    String response() {
        return "resp_" + base;
    }

    String next(String prefix) {
        int number = next++;
        String digits = Integer.toHexString(number);
        return prefix + base + (digits.length() < 2 ? "0" : "") + digits;
    }

    /** Whether the id of the item is the provider's to know, for it is OpenAI's own. */
    static boolean known(Seal seal) {
        return seal.owner().equals(Seal.OPENAI);
    }
}
