/** One attempt over HTTP: credentials, connection pools, the answer's bytes. */
@NullMarked
package io.fairlead.gateway.upstream;

import org.jspecify.annotations.NullMarked;
