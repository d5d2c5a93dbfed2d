/**
 * What is harmful in a text: what OpenAI's clients ask for, told to Mistral. {@link
 * io.fairlead.protocol.service.moderation.Moderations} is where it begins.
 */
@NullMarked
package io.fairlead.protocol.service.moderation;

import org.jspecify.annotations.NullMarked;
