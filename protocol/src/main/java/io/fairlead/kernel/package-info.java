/**
 * Words shared by the whole product: errors, faults, usage, money, secrets. No behaviour beyond
 * validation.
 */
@NullMarked
package io.fairlead.kernel;

import org.jspecify.annotations.NullMarked;
