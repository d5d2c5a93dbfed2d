/**
 * JSON as bytes: one pass finds the members that matter, and edits change only them. Nothing is
 * parsed into trees, nothing is written anew.
 */
@NullMarked
package io.fairlead.protocol.json;

import org.jspecify.annotations.NullMarked;
