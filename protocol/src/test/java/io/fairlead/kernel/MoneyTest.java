package io.fairlead.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void addsToTheLastDigit() {
        Money sum = Money.ZERO;
        for (int i = 0; i < 1_000_000; i++) {
            sum = sum.plus(Money.usd("0.0000037"));
        }
        assertThat(sum).isEqualTo(Money.usd("3.7"));
        assertThat(sum.minus(Money.usd("3.6999999"))).isEqualTo(Money.usd("0.0000001"));
    }

    @Test
    void isWrittenWithoutAnExponent() {
        assertThat(Money.usd("1E-7").toDecimal()).isEqualTo("0.0000001");
        assertThat(Money.usd("1E+3").toDecimal()).isEqualTo("1000");
        assertThat(Money.usd("0.000").toDecimal()).isEqualTo("0");
    }

    @Test
    void isEqualByItsValueNotItsScale() {
        assertThat(Money.usd("1.50")).isEqualTo(Money.usd("1.5"));
        assertThat(Money.usd("2")).isGreaterThan(Money.usd("1.99"));
    }
}
