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
import wscope.connection.reply.Replies;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Endpoint;

/**
 * The actions of a server on one connection, including faults. A behaviour is immutable: changing a
 * setting returns a new one. The parser of user input checks the bounds.
 */
public final class Behaviour {
  /** The behaviour of a correct server that sends every message back. */
  public static final Behaviour DEFAULT = new Behaviour();

  /** The receivers of each client message. */
  public enum Reply {
    /** The client itself. */
    ECHO,
    /** All clients, including the sender. */
    BROADCAST,
    /** All clients except the sender. */
    OTHERS,
    /** Nobody. */
    NONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A required reply that the server does not send. */
  public enum Suppressed {
    /** Pongs in reply to pings (RFC 6455 §5.5.2). */
    PONG,
    /** The Close in reply to a Close (§5.5.1). */
    CLOSE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The condition for an action. All counts start when the WebSocket opens. */
  public sealed interface Trigger {
    /** The client has sent this many messages; 0 means at once. */
    record Messages(long count) implements Trigger {}

    /** The server has sent this many bytes; 0 means at once. */
    record Bytes(long count) implements Trigger {}

    /** This much time has passed; zero means at once. */
    record Elapsed(Duration time) implements Trigger {}
  }

  /** The trigger that fires as soon as the WebSocket is open. */
  public static final Trigger AT_ONCE = new Trigger.Messages(0);

  /**
   * A Close that the server initiates.
   *
   * @param code a close code that an endpoint may send (§7.4)
   * @param reason the reason, at most 123 bytes of UTF-8
   */
  public record Close(int code, String reason) {
    static final Close NORMAL = new Close(1000, "");
  }

  /** The response that rejects an opening handshake (§4.2.2, step 5). */
  public sealed interface HandshakeRejection {
    /**
     * An error response.
     *
     * @param code the status, 400 to 599
     * @param retryAfter the value of Retry-After in seconds; null for the default of the status
     */
    record Status(int code, @Nullable Long retryAfter) implements HandshakeRejection {}

    /**
     * A redirect to another URL.
     *
     * @param code the status: 301, 302, 307 or 308
     * @param location the value of Location, visible ASCII only
     */
    record Redirect(int code, String location) implements HandshakeRejection {}
  }

  // Only with() changes these fields, in a copy.
  private Reply reply = Reply.ECHO;
  private @Nullable Replies replies;
  private Duration delay = Duration.ZERO;
  private int fragment;
  private long rate;
  private String greet = "";
  private Duration every = Duration.ZERO;
  private String message = "";
  private Duration ping = Duration.ZERO;
  private @Nullable Close close;
  private @Nullable Trigger after;
  private @Nullable HandshakeRejection rejection;
  private @Nullable Trigger drop;
  private Duration handshakeDelay = Duration.ZERO;
  private boolean never;
  private boolean half;
  private boolean stopReading;
  private Duration trickle = Duration.ZERO;
  private Set<Suppressed> silent = Set.of();
  private boolean compress = true;
  private List<String> faults = List.of();
  private int split;
  private boolean coalesce = true;

  private Behaviour() {}

  private Behaviour(Behaviour that) {
    reply = that.reply;
    replies = that.replies;
    delay = that.delay;
    fragment = that.fragment;
    rate = that.rate;
    greet = that.greet;
    every = that.every;
    message = that.message;
    ping = that.ping;
    close = that.close;
    after = that.after;
    rejection = that.rejection;
    drop = that.drop;
    handshakeDelay = that.handshakeDelay;
    never = that.never;
    half = that.half;
    stopReading = that.stopReading;
    trickle = that.trickle;
    silent = that.silent;
    compress = that.compress;
    faults = that.faults;
    split = that.split;
    coalesce = that.coalesce;
  }

  private Behaviour with(Consumer<Behaviour> change) {
    Behaviour copy = new Behaviour(this);
    change.accept(copy);
    return copy;
  }

  /** The receivers of each client message. */
  public Reply reply() {
    return reply;
  }

  public Behaviour reply(Reply value) {
    return with(copy -> copy.reply = value);
  }

  /** The script of replies, which goes before {@link #reply} while there is one; null for none. */
  public @Nullable Replies replies() {
    return replies;
  }

  public Behaviour replies(@Nullable Replies value) {
    return with(copy -> copy.replies = value);
  }

  /** The delay before each reply; zero for none. */
  public Duration delay() {
    return delay;
  }

  public Behaviour delay(Duration value) {
    return with(copy -> copy.delay = value);
  }

  /** The maximum payload length of a data frame to the client; 0 for no fragmentation. */
  public int fragment() {
    return fragment;
  }

  public Behaviour fragment(int value) {
    return with(copy -> copy.fragment = value);
  }

  /** The maximum number of bytes per second to the client; 0 for no limit. */
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

  /** The interval between unprompted messages; zero for none. */
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

  /** The interval between pings; zero for none. */
  public Duration ping() {
    return ping;
  }

  public Behaviour ping(Duration value) {
    return with(copy -> copy.ping = value);
  }

  /**
   * The Close that the server sends {@link #after} a trigger; null for none. If only a trigger is
   * set, the server sends a Close with the code 1000.
   */
  public @Nullable Close close() {
    return close == null && after != null ? Close.NORMAL : close;
  }

  public Behaviour close(@Nullable Close value) {
    return with(copy -> copy.close = value);
  }

  /** The trigger for {@link #close}; by default, the Close follows the greeting. */
  public Trigger after() {
    return after == null ? AT_ONCE : after;
  }

  public Behaviour after(@Nullable Trigger value) {
    return with(copy -> copy.after = value);
  }

  /** The response that rejects the opening handshake; null to accept it. */
  public @Nullable HandshakeRejection rejection() {
    return rejection;
  }

  public Behaviour rejection(@Nullable HandshakeRejection value) {
    return with(copy -> copy.rejection = value);
  }

  /** The trigger that resets TCP; null for never. */
  public @Nullable Trigger drop() {
    return drop;
  }

  public Behaviour drop(@Nullable Trigger value) {
    return with(copy -> copy.drop = value);
  }

  /** The delay before the response to the opening handshake; zero for none. */
  public Duration handshakeDelay() {
    return handshakeDelay;
  }

  public Behaviour handshakeDelay(Duration value) {
    return with(copy -> copy.handshakeDelay = value);
  }

  /** Whether the server never responds to the opening handshake. */
  public boolean never() {
    return never;
  }

  public Behaviour never(boolean value) {
    return with(copy -> copy.never = value);
  }

  /** Whether the response to the opening handshake stops inside its head. */
  public boolean half() {
    return half;
  }

  public Behaviour half(boolean value) {
    return with(copy -> copy.half = value);
  }

  /** Whether the server reads nothing while the WebSocket is open. */
  public boolean stopReading() {
    return stopReading;
  }

  public Behaviour stopReading(boolean value) {
    return with(copy -> copy.stopReading = value);
  }

  /** The time between single bytes of all output, including the response; zero for no limit. */
  public Duration trickle() {
    return trickle;
  }

  public Behaviour trickle(Duration value) {
    return with(copy -> copy.trickle = value);
  }

  /** The required replies that the server does not send. */
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

  /** The number of bytes in each TCP segment; 0 for any. */
  public int split() {
    return split;
  }

  public Behaviour split(int value) {
    return with(copy -> copy.split = value);
  }

  /**
   * Whether the first messages follow the head of the opening handshake in the same TCP segment, if
   * they fit: those of the server its response or, on purpose, those of the client its request.
   */
  public boolean coalesce() {
    return coalesce;
  }

  public Behaviour coalesce(boolean value) {
    return with(copy -> copy.coalesce = value);
  }

  /**
   * The IDs of the rules that the server breaks. The number of the only message that breaks the
   * rule may follow an at sign.
   */
  public List<String> faults() {
    return faults;
  }

  public Behaviour faults(List<String> value) {
    return with(copy -> copy.faults = List.copyOf(value));
  }

  /** The faults of one kind that an endpoint commits. */
  public <F extends Fault> List<F> faults(Endpoint self, Class<F> kind) {
    List<F> found = new ArrayList<>(faults.size());
    for (String id : faults) {
      @Nullable Fault fault = Faults.find(self, FaultSchedule.id(id));
      if (kind.isInstance(fault)) {
        found.add(kind.cast(fault));
      }
    }
    return found;
  }

  /** The trigger as it was set, for display. */
  public @Nullable Trigger afterAsSet() {
    return after;
  }

  /** The Close as it was set, for display. */
  public @Nullable Close closeAsSet() {
    return close;
  }
}
