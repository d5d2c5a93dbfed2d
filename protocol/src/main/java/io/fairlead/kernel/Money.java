package io.fairlead.kernel;

import java.math.BigDecimal;

/**
 * An amount of US dollars, exact. Never a float; never rounded except where a person reads it.
 * Immutable.
 *
 * @param usd the amount; may be negative only for corrections
 */
public record Money(BigDecimal usd) implements Comparable<Money> {
    public static final Money ZERO = new Money(BigDecimal.ZERO);

    public Money {
        usd = usd.signum() == 0 ? BigDecimal.ZERO : usd.stripTrailingZeros();
    }

    public static Money usd(String amount) {
        return new Money(new BigDecimal(amount));
    }

    public Money plus(Money other) {
        return new Money(usd.add(other.usd));
    }

    public Money minus(Money other) {
        return new Money(usd.subtract(other.usd));
    }

    @Override
    public int compareTo(Money other) {
        return usd.compareTo(other.usd);
    }

    /** Plain decimal notation without an exponent: {@code 0.0000125}. */
    public String toDecimal() {
        return usd.toPlainString();
    }

    @Override
    public String toString() {
        return "$" + toDecimal();
    }
}
