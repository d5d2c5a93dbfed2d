/** The admin API: what operators ask and change. Blocking code, for virtual threads. */
@NullMarked
package io.fairlead.gateway.admin;

import org.jspecify.annotations.NullMarked;
