@NullMarked
package io.fairlead.kernel;

import org.jspecify.annotations.NullMarked;
