/**
 * The canonical model: what any of the protocols can say in a conversation, in one set of words.
 * Protocols are written against it and know nothing of each other; what only one of them can say is
 * kept beside ({@link io.fairlead.protocol.model.Beside}), so that it finds its way back.
 */
@NullMarked
package io.fairlead.protocol.model;

import org.jspecify.annotations.NullMarked;
