/**
 * OpenAI's wire format and that of its imitators: facts and edits of requests, what answers and
 * streams say, and what has to be put right in them.
 */
@NullMarked
package io.fairlead.protocol.openai;

import org.jspecify.annotations.NullMarked;
