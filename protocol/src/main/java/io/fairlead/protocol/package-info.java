@NullMarked
package io.fairlead.protocol;

import org.jspecify.annotations.NullMarked;
