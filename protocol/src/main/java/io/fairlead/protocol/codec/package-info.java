/**
 * How a protocol is read and written: the interfaces each protocol implements, and the tools its
 * readers and writers are made of.
 */
@NullMarked
package io.fairlead.protocol.codec;

import org.jspecify.annotations.NullMarked;
