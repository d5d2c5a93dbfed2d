package io.fairlead.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Other ways to cut the same bytes of a body into pieces, each sent by itself, with nothing between
 * them. For bodies that fit in memory: waits and bad endings are lost. Stateless.
 */
public final class Split {
    private Split() {}

    /** In one piece. */
    public static SimBody whole(SimBody body) {
        return at(body);
    }

    /** At the given offsets, ascending; those outside of the body are ignored. */
    public static SimBody at(SimBody body, int... offsets) {
        byte[] bytes = body.allBytes();
        SimStep.Send all = new SimStep.Send(bytes);
        List<SimStep> steps = new ArrayList<>();
        int from = 0;
        for (int to : offsets) {
            if (to > from && to < bytes.length) {
                steps.add(all.slice(from, to - from));
                from = to;
            }
        }
        if (from < bytes.length) {
            steps.add(all.slice(from, bytes.length - from));
        }
        return SimBody.of(steps, body.length());
    }

    /** Every byte by itself. */
    public static SimBody everyByte(SimBody body) {
        int[] offsets = new int[Math.max(0, body.allBytes().length - 1)];
        Arrays.setAll(offsets, i -> i + 1);
        return at(body, offsets);
    }

    /** In pieces of random sizes up to {@code maxBytes}; the same seed gives the same pieces. */
    public static SimBody randomly(SimBody body, long seed, int maxBytes) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int length = body.allBytes().length;
        List<Integer> offsets = new ArrayList<>();
        for (int at = random.nextInt(1, maxBytes + 1);
                at < length;
                at += random.nextInt(1, maxBytes + 1)) {
            offsets.add(at);
        }
        return at(body, offsets.stream().mapToInt(Integer::intValue).toArray());
    }
}
