/**
 * Files and batches, which a provider keeps under ids: ids that say whose they are, and the bodies
 * they stand in. Nothing here is translated; bytes pass, and only ids and models' names change.
 */
@NullMarked
package io.fairlead.protocol.service.files;

import org.jspecify.annotations.NullMarked;
