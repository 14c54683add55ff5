package dev.berth.registry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListingValuesTest {
    private static final KeyPrefix PREFIX = KeyPrefix.of("a/");

    @Test
    void aRequestIsMadeOfItsParts() {
        assertThat(ListRequest.level(PREFIX)).isEqualTo(ListRequest.level(PREFIX));
        assertThat(ListRequest.tree(PREFIX)).isEqualTo(ListRequest.tree(PREFIX));
        assertThat(ListRequest.tree(PREFIX).after("a/b").limit(5))
                .isEqualTo(ListRequest.tree(PREFIX).after("a/b").limit(5));
        assertThat(ListRequest.level(PREFIX).limit(5).after("zzz"))
                .isEqualTo(ListRequest.level(PREFIX).after("zzz").limit(5));
    }

    @Test
    void aRequestHasALimit() {
        assertThat(ListRequest.level(PREFIX).limit(1).limit()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListRequest.level(PREFIX).limit(0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListRequest.level(PREFIX).limit(-1));
        assertThatNullPointerException().isThrownBy(() -> ListRequest.level(null));
        assertThatNullPointerException()
                .isThrownBy(() -> ListRequest.level(PREFIX).after(null));
    }

    @Test
    void onlyTheLastPageMayBeEmpty() {
        assertThat(new ListPage(List.of(), true).names()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new ListPage(List.of(), false));
    }

    @Test
    void aPageKeepsItsOwnCopy() {
        List<String> names = new ArrayList<>(List.of("a/b"));
        ListPage page = new ListPage(names, false);
        names.clear();
        assertThat(page.names()).containsExactly("a/b");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> page.names().clear());
    }
}
