package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import wscope.protocol.FrameReader;
import wscope.protocol.Limits;
import wscope.protocol.event.FrameListener;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.ViewOptions;
import wscope.report.json.JsonReport;
import wscope.support.RawClient;

/** Followers that come and go at each byte of a stream. */
class FollowedFramesTest {
  /** A message of three frames with a ping inside, two whole messages, and a Close. */
  private static final byte[] STREAM =
      RawClient.join(
          RawClient.masked(0x01, "frag".getBytes(UTF_8), 4),
          RawClient.masked(9, "ping".getBytes(UTF_8)),
          RawClient.masked(0x00, "men".getBytes(UTF_8), 3),
          RawClient.masked(0x80, "ted".getBytes(UTF_8), 3),
          RawClient.text("whole"),
          RawClient.masked(2, new byte[] {1, 2, 3}),
          RawClient.close(1000));

  @Test
  void aFollowerReceivesWhatStartsAfterItCame() {
    List<String> all = lines(0, STREAM.length);
    assertEquals(7, count(all, "frame"), all.toString());
    assertEquals(3, count(all, "message"), all.toString());
    for (int from = 0; from < STREAM.length; from++) {
      List<String> seen = lines(from, STREAM.length);
      assertTrue(isEnd(of(seen, "frame"), of(all, "frame")), from + ": " + seen);
      assertTrue(isEnd(of(seen, "message"), of(all, "message")), from + ": " + seen);
      int came = from;
      long left = of(all, "frame").stream().filter(line -> ends(line) > came).count();
      assertTrue(of(seen, "frame").size() <= left, from + ": " + seen);
      long whole = of(all, "frame").stream().filter(line -> starts(line) >= came).count();
      assertTrue(of(seen, "frame").size() >= whole, from + ": " + seen);
    }
  }

  @Test
  void aFollowerThatLeavesReceivesNothingMore() {
    List<String> all = lines(0, STREAM.length);
    for (int to = 1; to < STREAM.length; to++) {
      List<String> seen = lines(0, to);
      assertEquals(all.subList(0, seen.size()), seen);
    }
    assertEquals(List.of(), lines(0, 1));
  }

  /** The offset of a frame. */
  private static int starts(String line) {
    return number(line, "offset");
  }

  /** The offset after the header of a frame, up to which a follower may still receive it. */
  private static int ends(String line) {
    return starts(line) + number(line, "headerLength");
  }

  private static int number(String line, String property) {
    return Integer.parseInt(line.replaceAll(".*\"" + property + "\":(\\d+).*", "$1"));
  }

  private static boolean isEnd(List<String> part, List<String> all) {
    return part.equals(all.subList(all.size() - part.size(), all.size()));
  }

  private static List<String> of(List<String> lines, String type) {
    return lines.stream().filter(line -> line.startsWith("{\"type\":\"" + type + "\"")).toList();
  }

  private static int count(List<String> lines, String type) {
    return of(lines, type).size();
  }

  /** A continuation is text only to those who have seen the start of its message. */
  private static String withoutForm(String line) {
    return line.contains("\"opcode\":0,")
        ? line.replaceAll("\"(text|base64)\":\"[^\"]*\",", "")
        : line;
  }

  /** The lines of a follower that comes and leaves before these bytes. */
  private static List<String> lines(int from, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LiveView view = LiveView.fixed(new ViewOptions(Detail.FRAMES, 100, false));
    JsonReport report = new JsonReport(out, view, () -> Instant.EPOCH);
    FrameListener follower =
        Objects.requireNonNull(report.connection(Endpoint.SERVER, 1).frames(Endpoint.CLIENT));
    FollowedFrames frames = new FollowedFrames(null);
    FrameReader reader = new FrameReader(Endpoint.CLIENT, Limits.NONE, null, 0, frames);
    for (int i = 0; i < STREAM.length; i++) {
      if (i == from) {
        frames.follow(1, follower);
      }
      if (i == to) {
        frames.unfollow(1);
      }
      reader.feed(ByteBuffer.wrap(new byte[] {STREAM[i]}));
    }
    report.flush();
    return out.toString(UTF_8).lines().map(FollowedFramesTest::withoutForm).toList();
  }
}
