package io.fairlead.protocol.service.images;

import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.service.Upload;

import java.util.Optional;

/**
 * An image that a client brings. Immutable.
 *
 * @param upload its bytes, if they came along
 * @param url where it is; empty if they came along
 */
record Picture(Optional<Upload> upload, String url) {
    /** The bytes, for a provider that fetches nothing. */
    Upload bytes() {
        return upload.orElseThrow(
                () -> new Unsupported("images", "the provider takes no URL but data: (image_url)"));
    }

    /** An address that holds them. */
    String address() {
        return upload.map(it -> "data:" + it.mediaType() + ";base64," + it.base64()).orElse(url);
    }
}
