/** Tests of the ledger. */
@NullMarked
package io.fairlead.gateway.ledger;

import org.jspecify.annotations.NullMarked;
