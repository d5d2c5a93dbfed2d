package io.fairlead.gateway.store;

import io.fairlead.kernel.Money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount as whole numbers of 1, 1e-9, 1e-18 and 1e-27 USD. SQLite has no decimals; whole numbers
 * it adds exactly. Finer digits than 1e-27 are rounded to even, and an amount is held within ± 1e12
 * USD, which only a hostile provider exceeds. Immutable.
 *
 * @param usd dollars
 * @param nano 1e-9 dollars
 * @param atto 1e-18 dollars
 * @param ronto 1e-27 dollars
 */
record SpendParts(long usd, long nano, long atto, long ronto) {
    static final SpendParts ZERO = new SpendParts(0, 0, 0, 0);

    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000L);

    static SpendParts of(Money money) {
        BigDecimal rest = money.usd().min(MOST).max(MOST.negate());
        if (rest.signum() == 0) {
            return ZERO;
        }
        if (rest.scale() <= 18 && rest.precision() - rest.scale() <= 0) {
            return ofFraction(rest);
        }
        rest = rest.setScale(27, RoundingMode.HALF_EVEN);
        long usd = rest.longValue();
        rest = rest.subtract(BigDecimal.valueOf(usd)).movePointRight(9);
        long nano = rest.longValue();
        rest = rest.subtract(BigDecimal.valueOf(nano)).movePointRight(9);
        long atto = rest.longValue();
        rest = rest.subtract(BigDecimal.valueOf(atto)).movePointRight(9);
        return new SpendParts(usd, nano, atto, rest.longValueExact());
    }

    /** The usual case, less than a dollar, without further decimals. */
    private static SpendParts ofFraction(BigDecimal rest) {
        long atto = rest.movePointRight(18).longValueExact();
        return new SpendParts(0, atto / 1_000_000_000, atto % 1_000_000_000, 0);
    }

    SpendParts plus(SpendParts other) {
        return new SpendParts(
                usd + other.usd, nano + other.nano, atto + other.atto, ronto + other.ronto);
    }

    Money money() {
        return new Money(
                BigDecimal.valueOf(usd)
                        .add(BigDecimal.valueOf(nano, 9))
                        .add(BigDecimal.valueOf(atto, 18))
                        .add(BigDecimal.valueOf(ronto, 27)));
    }
}
