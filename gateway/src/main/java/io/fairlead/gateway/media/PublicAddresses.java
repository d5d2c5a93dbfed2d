package io.fairlead.gateway.media;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * Which addresses belong to the public internet. For IPv4 that is all but the special blocks; for
 * IPv6 only what is handed out to the public, without the blocks that lead elsewhere. Stateless.
 */
final class PublicAddresses {
    private static final Block[] SPECIAL_4 =
            blocks(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // carriers, and the metadata of one cloud
                    "127.0.0.0/8", // this machine
                    "168.63.129.16/32", // the host beneath a machine at Azure
                    "169.254.0.0/16", // link-local, and the metadata of most clouds
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocols, and the metadata of one cloud
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // relays of 6to4
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4"); // reserved, broadcast

    private static final Block[] PUBLIC_6 = blocks("2000::/3");

    private static final Block[] SPECIAL_6 =
            blocks(
                    "2001::/23", // protocols: Teredo, ORCHID
                    "2001:db8::/32", // documentation
                    "2002::/16", // 6to4: an IPv4 address in disguise
                    "3fff::/20"); // documentation

    /** IPv6-only networks reach IPv4 through it: what counts is the address within. */
    private static final Block[] NAT64 = blocks("64:ff9b::/96");

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return isPublic4(bytes);
        }
        return within(NAT64, bytes)
                ? isPublic4(Arrays.copyOfRange(bytes, 12, 16))
                : within(PUBLIC_6, bytes) && !within(SPECIAL_6, bytes);
    }

    private static boolean isPublic4(byte[] bytes) {
        return !within(SPECIAL_4, bytes);
    }

    private static boolean within(Block[] blocks, byte[] address) {
        for (Block block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Block(byte[] prefix, int bits) {
        boolean contains(byte[] address) {
            int whole = bits / 8;
            if (!Arrays.equals(address, 0, whole, prefix, 0, whole)) {
                return false;
            }
            int rest = bits % 8;
            return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xff) >>> (8 - rest) == 0;
        }
    }

    private static Block[] blocks(String... texts) {
        Block[] blocks = new Block[texts.length];
        for (int i = 0; i < texts.length; i++) {
            int slash = texts[i].indexOf('/');
            try {
                blocks[i] =
                        new Block(
                                InetAddress.ofLiteral(texts[i].substring(0, slash)).getAddress(),
                                Integer.parseInt(texts[i].substring(slash + 1)));
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(texts[i] + " (expected: address/bits)", e);
            }
        }
        return blocks;
    }
}
