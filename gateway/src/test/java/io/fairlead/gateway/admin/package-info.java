/** Tests of the admin API. */
@NullMarked
package io.fairlead.gateway.admin;

import org.jspecify.annotations.NullMarked;
