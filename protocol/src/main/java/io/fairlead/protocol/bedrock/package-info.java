/**
 * Amazon Bedrock: its Converse protocol on both sides, and the framing that wraps the events of
 * other protocols in the streams of InvokeModel.
 */
@NullMarked
package io.fairlead.protocol.bedrock;

import org.jspecify.annotations.NullMarked;
