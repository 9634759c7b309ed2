package wscope.cli.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.capture.packets.CapturedTalks;
import wscope.cli.Run;

/** {@code --from-time} and {@code --to-time}. The packets of the file are a millisecond apart. */
class TimeRangeTest {
  @TempDir private Path folder;

  private Run decode(String... options) throws IOException {
    Path file = Files.write(folder.resolve("a.pcap"), CapturedTalks.two());
    List<String> args =
        new ArrayList<>(List.of("decode", "--file", file.toString(), "--detail=messages"));
    args.addAll(List.of(options));
    return Run.of(args.toArray(String[]::new));
  }

  @Test
  void showsAndJudgesOnlyARange() throws IOException {
    Run run = decode("--from-time", "0.006", "--to-time", "0.014s");
    assertEquals(
        """
        #1 10.0.0.1:1000 → 10.0.0.2:80 /chat?a=1 101 2 frames, closed by the server 1000
        #2 10.0.0.1:1001 → 10.0.0.2:80 /chat?a=1 101 0 frames, reset by the client without Close
           0.006 #1 = captured  10.0.0.1:1000 to 10.0.0.2:80
           0.006 #1 S> close     1000 normal closure
           0.007 #1 C> close     1000 normal closure
           0.009 #1 = closed   by the server: 1000 normal closure, answered by the client: 1000 normal closure; the server ended TCP first (FIN)
                 #1 =          lasted  9 ms
           0.009 #1 = fidelity  all bytes of both directions: every rule is judged
           0.013 #2 = captured  10.0.0.1:1001 to 10.0.0.2:80
           0.014 #2 = accept       s3pPLMBiTxaQ9kYGzzhZRbK+xOo=   matches the key
                 #2 = open     extensions: none   subprotocol: none
           0.016 #2 = closed   without a Close frame; the client reset TCP (RST); an API reports 1006
                 #2 =          lasted  6 ms
           0.016 #2 = fidelity  all bytes of both directions: every rule is judged
        """,
        run.out());
    assertEquals(0, run.exitCode());
  }

  @Test
  void omitsConnectionsOfOtherTimes() throws IOException {
    assertEquals(
        List.of(
            "#2 10.0.0.1:1001 → 10.0.0.2:80 /chat?a=1 101 1 frame, 1 violation, reset by the"
                + " client without Close"),
        decode("--from-time", "0.0105").out().lines().filter(l -> l.startsWith("#")).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--from-time 2 --to-time 1 | --from-time 2 is later than --to-time 1",
        "--from-time -1 | --from-time: '-1' is not within 0 and 1000000000 seconds",
        "--to-time noon | --to-time: 'noon' is not a time; use seconds after the first packet, as"
            + " in 12.5, or a date and time, as in 2026-11-29T10:15:00Z or 2026-11-29T10:15:00 in"
            + " local time",
      })
  void rejectsRanges(String options, String message) throws IOException {
    Run run = decode(options.split(" "));
    assertEquals(2, run.exitCode());
    assertEquals("wscope decode: " + message, run.err().lines().findFirst().orElse(""));
  }
}
