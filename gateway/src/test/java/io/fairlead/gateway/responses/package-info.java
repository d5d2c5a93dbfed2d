@NullMarked
package io.fairlead.gateway.responses;

import org.jspecify.annotations.NullMarked;
