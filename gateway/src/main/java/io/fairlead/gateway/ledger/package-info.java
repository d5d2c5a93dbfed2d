/** Usage times price is spend: the record of every request, and the append-only journal. */
@NullMarked
package io.fairlead.gateway.ledger;

import org.jspecify.annotations.NullMarked;
