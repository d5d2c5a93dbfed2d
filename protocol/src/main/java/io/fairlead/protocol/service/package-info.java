/**
 * Operations that are no conversations (embeddings, ranking, counting, images, sound), each family
 * in a package of its own below this one: its canonical request and answer, and a reader and a
 * writer for each form. {@link io.fairlead.protocol.service.Services} is the one list of them.
 */
@NullMarked
package io.fairlead.protocol.service;

import org.jspecify.annotations.NullMarked;
