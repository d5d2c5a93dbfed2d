/**
 * Images made, edited and varied: what OpenAI's clients ask for, told to xAI, Gemini, Imagen,
 * Bedrock and Stability. {@link io.fairlead.protocol.service.images.ImageForms} is where it begins.
 */
@NullMarked
package io.fairlead.protocol.service.images;

import org.jspecify.annotations.NullMarked;
