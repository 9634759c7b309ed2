package wscope.input.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;

class SocatRowsTest {
  @Test
  void theHeaderSaysHowManyBytesFollow() {
    String text =
        """
        > 2024/05/01 12:00:00.000123456  length=6 from=0 to=5
         81 02 68 69 89 00
        < 2024/05/01 12:00:00.000223456  length=4 from=0 to=3
         8a 00
         88 00
        """;
    List<Candidate> found = Found.in(text);
    assertEquals(2, found.size());
    assertEquals(
        List.of("1 [81 02 68 69 89 00] 81 02 68 69 89 00 OUT"), Found.pieces(text, found.get(0)));
    assertEquals(
        List.of("3 [8a 00] 8a 00 IN", "4 [88 00] 88 00 IN"), Found.pieces(text, found.get(1)));
    assertEquals(Set.of(Evidence.COUNTED, Evidence.LABELLED), found.get(0).evidence());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "> 2024/05/01 12:00:00 length=6 from=0 to=5\n 81 02 68 69\n",
        "> 2024/05/01 12:00:00 length=4 from=0 to=3\n 81 02 6869\n",
        "> 2024/05/01 12:00:00 length=99999999999999999999 from=0 to=3\n 81 02\n",
        "> quoted mail\n 81 02 68 69\n",
      })
  void otherRowsAreNotRead(String text) {
    assertEquals(List.of(), Found.in(text));
  }
}
