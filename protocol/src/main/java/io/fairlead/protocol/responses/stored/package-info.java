/**
 * Responses that a gateway keeps for clients whose provider can't: how a conversation goes on from
 * one, and what clients are told who ask for it. Nothing here reads or writes a store.
 */
@NullMarked
package io.fairlead.protocol.responses.stored;

import org.jspecify.annotations.NullMarked;
