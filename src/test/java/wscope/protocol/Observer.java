package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Reads both directions of a connection with an {@link Exchange}, keeps the bytes that it cannot
 * read yet, and turns the events of each direction into lines.
 */
final class Observer implements ExchangeListener {
  private final Exchange exchange;
  private final Map<Endpoint, Log> logs = new EnumMap<>(Endpoint.class);
  private final Map<Endpoint, byte[]> unread = new EnumMap<>(Endpoint.class);
  private final Set<Endpoint> ending = EnumSet.noneOf(Endpoint.class);
  private final Set<Endpoint> ended = EnumSet.noneOf(Endpoint.class);

  /**
   * @param agreed parameters of permessage-deflate; null to take them from the response
   */
  Observer(@Nullable DeflateParameters agreed) {
    exchange = new Exchange(Limits.NONE, agreed, new BufferPool(), this);
    for (Endpoint endpoint : Endpoint.values()) {
      logs.put(endpoint, new Log());
      unread.put(endpoint, new byte[0]);
    }
  }

  Exchange exchange() {
    return exchange;
  }

  /** Reads the next bytes of an endpoint, split anywhere. */
  void feed(Endpoint sender, byte[] bytes) {
    byte[] before = unread(sender);
    byte[] all = Arrays.copyOf(before, before.length + bytes.length);
    System.arraycopy(bytes, 0, all, before.length, bytes.length);
    unread.put(sender, all);
    settle();
  }

  /** Ends the direction of an endpoint. */
  void end(Endpoint sender) {
    ending.add(sender);
    settle();
  }

  /** How many bytes of an endpoint wait to be read. */
  int waiting(Endpoint sender) {
    return unread(sender).length;
  }

  /** The events of an endpoint, as lines. */
  String text(Endpoint sender) {
    return of(sender).text();
  }

  /** The rules that the head and the frames of an endpoint break. */
  List<String> broken(Endpoint sender) {
    return of(sender).broken();
  }

  private void settle() {
    boolean more = true;
    while (more) {
      more = false;
      for (Endpoint endpoint : Endpoint.values()) {
        more |= read(endpoint);
      }
    }
  }

  /** Whether it read bytes or ended the direction. */
  private boolean read(Endpoint endpoint) {
    byte[] waiting = unread(endpoint);
    ByteBuffer in = ByteBuffer.wrap(waiting.clone());
    exchange.feed(endpoint, in);
    unread.put(endpoint, Arrays.copyOfRange(waiting, in.position(), waiting.length));
    boolean ends = !in.hasRemaining() && ending.contains(endpoint) && ended.add(endpoint);
    if (ends) {
      exchange.end(endpoint);
    }
    return ends || in.position() > 0;
  }

  private byte[] unread(Endpoint sender) {
    return Objects.requireNonNull(unread.get(sender));
  }

  private Log of(Endpoint sender) {
    return Objects.requireNonNull(logs.get(sender));
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Request request) {
      of(Endpoint.CLIENT).head("request", request.raw(), request.result().violations());
    } else if (event instanceof Event.Response response) {
      String words = response.request() == null ? "response without request" : "response";
      of(Endpoint.SERVER).head(words, response.raw(), response.violations());
    } else if (event instanceof Event.HeadIncomplete head) {
      of(head.sender()).head("incomplete head", head.raw(), List.of());
    } else if (event instanceof Event.Body body) {
      of(body.sender()).body.append(ISO_8859_1.decode(body.bytes()));
    } else {
      throw new AssertionError(event);
    }
  }

  @Override
  public FrameListener frames(@Nullable Endpoint sender) {
    Log of = of(Objects.requireNonNull(sender));
    of.lines.add("frames");
    return of.frames;
  }

  /** The events of one endpoint. */
  private static final class Log {
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private final Recorder frames = new Recorder();

    void head(String what, String raw, List<Violation> violations) {
      lines.add(what + " " + HexFormat.of().formatHex(raw.getBytes(ISO_8859_1)));
      violations.forEach(
          violation -> lines.add(violation.rule().id() + ": @" + violation.offset()));
    }

    List<String> broken() {
      List<String> rules = new ArrayList<>();
      lines.stream().filter(line -> line.contains(": @")).forEach(rules::add);
      rules.addAll(frames.found());
      return rules.stream().map(rule -> rule.substring(0, rule.indexOf(':'))).toList();
    }

    String text() {
      return String.join("\n", lines)
          + "\nbody "
          + body
          + "\n"
          + frames.text()
          + frames.found()
          + " ends "
          + frames.ends();
    }
  }
}
