package wscope.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Endpoint;

/**
 * What the server does on one connection, and does wrong on request. A value: to change a setting
 * is to make another behaviour. Whoever reads it from users knows the bounds.
 */
public final class Behaviour {
  /** A correct server that sends every message back. */
  public static final Behaviour DEFAULT = new Behaviour();

  /** Who gets a message that a client sent. */
  public enum Reply {
    /** The client itself. */
    ECHO,
    /** All clients, the one itself too. */
    BROADCAST,
    /** All clients but the one itself. */
    OTHERS,
    /** Nobody. */
    NONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A duty of the protocol that the server leaves undone. */
  public enum Suppressed {
    /** No pong answers a ping (RFC 6455 §5.5.2). */
    PONG,
    /** No Close answers a Close (§5.5.1). */
    CLOSE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** When something happens; all counts start where the WebSocket opens. */
  public sealed interface Trigger {
    /** So many messages have come from the client; 0 is at once. */
    record Messages(long count) implements Trigger {}

    /** So many bytes went to the client; 0 is at once. */
    record Bytes(long count) implements Trigger {}

    /** So much time has passed; zero is at once. */
    record Elapsed(Duration time) implements Trigger {}
  }

  /** As soon as the WebSocket is open. */
  public static final Trigger AT_ONCE = new Trigger.Messages(0);

  /**
   * A Close that the server starts.
   *
   * @param code one that an endpoint may send (§7.4)
   * @param reason at most 123 bytes of UTF-8
   */
  public record Close(int code, String reason) {
    static final Close NORMAL = new Close(1000, "");
  }

  /** The answer to an opening handshake that is to fail (§4.2.2, step 5). */
  public sealed interface HandshakeRejection {
    /**
     * An error.
     *
     * @param code 400 to 599
     * @param retryAfter in seconds; null for the default of the code
     */
    record Status(int code, @Nullable Long retryAfter) implements HandshakeRejection {}

    /**
     * Another place to connect to.
     *
     * @param code 301, 302, 307 or 308
     * @param location visible ASCII only
     */
    record Redirect(int code, String location) implements HandshakeRejection {}
  }

  // Written only while a copy is made, see with().
  private Reply reply = Reply.ECHO;
  private Duration delay = Duration.ZERO;
  private int fragment;
  private long rate;
  private String greet = "";
  private Duration every = Duration.ZERO;
  private String message = "";
  private Duration ping = Duration.ZERO;
  private @Nullable Close close;
  private @Nullable Trigger after;
  private @Nullable HandshakeRejection refusal;
  private @Nullable Trigger drop;
  private Set<Suppressed> silent = Set.of();
  private boolean compress = true;
  private List<String> faults = List.of();

  private Behaviour() {}

  private Behaviour(Behaviour that) {
    reply = that.reply;
    delay = that.delay;
    fragment = that.fragment;
    rate = that.rate;
    greet = that.greet;
    every = that.every;
    message = that.message;
    ping = that.ping;
    close = that.close;
    after = that.after;
    refusal = that.refusal;
    drop = that.drop;
    silent = that.silent;
    compress = that.compress;
    faults = that.faults;
  }

  private Behaviour with(Consumer<Behaviour> change) {
    Behaviour copy = new Behaviour(this);
    change.accept(copy);
    return copy;
  }

  /** Who gets a message that the client sent. */
  public Reply reply() {
    return reply;
  }

  public Behaviour reply(Reply value) {
    return with(copy -> copy.reply = value);
  }

  /** How long the server waits before each reply; zero for not at all. */
  public Duration delay() {
    return delay;
  }

  public Behaviour delay(Duration value) {
    return with(copy -> copy.delay = value);
  }

  /** The most bytes of payload in a data frame to the client; 0 for whole messages. */
  public int fragment() {
    return fragment;
  }

  public Behaviour fragment(int value) {
    return with(copy -> copy.fragment = value);
  }

  /** The most bytes a second to the client; 0 for any number. */
  public long rate() {
    return rate;
  }

  public Behaviour rate(long value) {
    return with(copy -> copy.rate = value);
  }

  /** The first message to the client; empty for none. */
  public String greet() {
    return greet;
  }

  public Behaviour greet(String value) {
    return with(copy -> copy.greet = value);
  }

  /** The interval of messages without a cause; zero for none. */
  public Duration every() {
    return every;
  }

  public Behaviour every(Duration value) {
    return with(copy -> copy.every = value);
  }

  /** The text of the messages of {@link #every}; empty for a counter and the time. */
  public String message() {
    return message;
  }

  public Behaviour message(String value) {
    return with(copy -> copy.message = value);
  }

  /** The interval of pings; zero for none. */
  public Duration ping() {
    return ping;
  }

  public Behaviour ping(Duration value) {
    return with(copy -> copy.ping = value);
  }

  /**
   * The Close that the server starts {@link #after} a while; null for none. Where a moment is set
   * and no Close, it is one with 1000.
   */
  public @Nullable Close close() {
    return close == null && after != null ? Close.NORMAL : close;
  }

  public Behaviour close(@Nullable Close value) {
    return with(copy -> copy.close = value);
  }

  /** When the server sends {@link #close}; by default as soon as it has greeted. */
  public Trigger after() {
    return after == null ? AT_ONCE : after;
  }

  public Behaviour after(@Nullable Trigger value) {
    return with(copy -> copy.after = value);
  }

  /** What an opening handshake is answered with in place of 101; null for 101. */
  public @Nullable HandshakeRejection refusal() {
    return refusal;
  }

  public Behaviour refusal(@Nullable HandshakeRejection value) {
    return with(copy -> copy.refusal = value);
  }

  /** When TCP is reset; null for never. */
  public @Nullable Trigger drop() {
    return drop;
  }

  public Behaviour drop(@Nullable Trigger value) {
    return with(copy -> copy.drop = value);
  }

  /** The duties that the server leaves undone. */
  public Set<Suppressed> silent() {
    return silent;
  }

  public Behaviour silent(Set<Suppressed> value) {
    EnumSet<Suppressed> own = EnumSet.noneOf(Suppressed.class);
    own.addAll(value);
    return with(copy -> copy.silent = Collections.unmodifiableSet(own));
  }

  /** Whether the server agrees to permessage-deflate. */
  public boolean compress() {
    return compress;
  }

  public Behaviour compress(boolean value) {
    return with(copy -> copy.compress = value);
  }

  /** The ids of the rules that the server breaks. */
  public List<String> faults() {
    return faults;
  }

  public Behaviour faults(List<String> value) {
    return with(copy -> copy.faults = List.copyOf(value));
  }

  /** The faults of one kind among those that an endpoint commits. */
  public <F extends Fault> List<F> faults(Endpoint self, Class<F> kind) {
    List<F> found = new ArrayList<>(faults.size());
    for (String id : faults) {
      @Nullable Fault fault = Faults.find(self, id);
      if (kind.isInstance(fault)) {
        found.add(kind.cast(fault));
      }
    }
    return found;
  }

  /** The moment that was set, to be spelled. */
  public @Nullable Trigger afterAsSet() {
    return after;
  }

  /** The Close that was set, to be spelled. */
  public @Nullable Close closeAsSet() {
    return close;
  }
}
