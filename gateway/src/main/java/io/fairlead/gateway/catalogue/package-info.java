/** What exists: providers, models, offers, prices, quirks, and the deployments made of them. */
@NullMarked
package io.fairlead.gateway.catalogue;

import org.jspecify.annotations.NullMarked;
