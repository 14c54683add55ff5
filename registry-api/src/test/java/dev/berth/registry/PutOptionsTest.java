package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PutOptionsTest {
    private static final Tag ONE = Tag.parse("1");
    private static final Tag TWO = Tag.parse("2");

    @Test
    void haveNoTagAndNoConditionByDefault() {
        assertThat(PutOptions.builder().build()).isEqualTo(PutOptions.untagged());
        assertThat(PutOptions.untagged().tags()).isEmpty();
        assertThat(PutOptions.untagged().condition()).isEqualTo(TagCondition.any());
    }

    @Test
    void keepTheOrderOfTheTagsAndEachOnce() {
        assertThat(PutOptions.tagged(TWO, ONE, TWO).tags()).containsExactly(TWO, ONE);
        assertThat(PutOptions.builder().tag(ONE).tags(List.of(TWO, ONE)).build().tags())
                .containsExactly(ONE, TWO);
    }

    @Test
    void areChangedInACopyOnly() {
        PutOptions tagged = PutOptions.tagged(ONE);
        PutOptions conditional = tagged.onlyIf(TagCondition.absent());
        PutOptions both = conditional.toBuilder().tag(TWO).build();
        assertThat(tagged.condition()).isEqualTo(TagCondition.any());
        assertThat(conditional.tags()).containsExactly(ONE);
        assertThat(both.tags()).containsExactly(ONE, TWO);
        assertThat(both.condition()).isEqualTo(TagCondition.absent());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> tagged.tags().add(TWO));
    }

    @Test
    void areIndependentOfTheBuilderThatMadeThem() {
        PutOptions.Builder builder = PutOptions.builder().tag(ONE);
        PutOptions first = builder.build();
        builder.tag(TWO);
        assertThat(first.tags()).containsExactly(ONE);
    }

    @Test
    void areEqualIfAllSettingsAre() {
        PutOptions options = PutOptions.tagged(ONE).onlyIf(TagCondition.absent());
        assertThat(options)
                .isEqualTo(PutOptions.builder()
                        .condition(TagCondition.absent())
                        .tag(ONE)
                        .build())
                .hasSameHashCodeAs(options.toBuilder().build())
                .isNotEqualTo(PutOptions.tagged(ONE))
                .isNotEqualTo(options.toBuilder().tag(TWO).build());
        assertThat(options.toString()).contains("1", "Absent");
    }

    @Test
    void takeNoNull() {
        assertThatNullPointerException().isThrownBy(() -> PutOptions.tagged((Tag) null));
        assertThatNullPointerException().isThrownBy(() -> PutOptions.builder().tag(null));
        assertThatNullPointerException().isThrownBy(() -> PutOptions.untagged().onlyIf(null));
    }
}
