/** Black-box tests of the packaged gateway: real processes, real sockets, official SDKs. */
@NullMarked
package io.fairlead.conformance;

import org.jspecify.annotations.NullMarked;
