package wscope.capture.packets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import wscope.packet.TcpConnection;
import wscope.packet.TcpEndpoint;

/** What a capture holds, and what was not read of it. */
public final class CaptureFindings {
  /** The number of different reasons that are counted apart. */
  private static final int MOST_REASONS = 64;

  /** The number of connections with TLS that are named. */
  private static final int MOST_NAMED = 10;

  /**
   * A connection with TLS that was not decrypted.
   *
   * @param tunnel the target of the CONNECT that opened a tunnel for it, from the wire; null
   *     without
   * @param why what it is and why, in words
   * @param serverName the name of the server that the client asked for, from the wire; null if it
   *     did not
   */
  public record UnreadTls(
      TcpEndpoint first,
      TcpEndpoint second,
      @Nullable String tunnel,
      String why,
      @Nullable String serverName) {}

  long packets;
  long cut;
  long fragments;
  long missing;
  long differing;
  long notFollowed;
  long abandoned;
  private final Map<String, Long> skipped = new TreeMap<>();
  private final List<UnreadTls> unreadTls = new ArrayList<>();
  private long moreUnreadTls;
  private final Map<StreamKind, Long> kinds = new EnumMap<>(StreamKind.class);

  private final Set<String> remarks = new LinkedHashSet<>();
  private String one = "packet";
  private String many = "packets";
  private @Nullable String groups = "TCP connection";

  CaptureFindings() {}

  /**
   * Names what is counted.
   *
   * @param ofGroups the name of what they belong to; null if each of them has its own kind
   */
  public void countAs(String ofOne, String ofMany, @Nullable String ofGroups) {
    one = ofOne;
    many = ofMany;
    groups = ofGroups;
  }

  /** Remarks something about the capture as a whole, once. */
  public void remark(String text) {
    remarks.add(text);
  }

  /** The remarks. */
  public Set<String> remarks() {
    return Collections.unmodifiableSet(remarks);
  }

  /** Counts one of them. */
  public void count() {
    packets++;
  }

  /** How many of what there are, in words. */
  public String counted() {
    StringBuilder text = new StringBuilder();
    text.append(packets).append(' ').append(packets == 1 ? one : many);
    if (groups != null) {
      text.append(" of ").append(connections()).append(' ').append(groups);
      text.append(connections() == 1 ? "" : "s");
    }
    return text.toString();
  }

  void skip(String reason) {
    boolean isNew = skipped.size() >= MOST_REASONS && !skipped.containsKey(reason);
    skipped.merge(isNew ? "other" : reason, 1L, Long::sum);
  }

  /** Counts a connection. */
  public void connection(StreamKind kind) {
    kinds.merge(kind, 1L, Long::sum);
  }

  void unreadTls(
      TcpConnection connection, @Nullable String tunnel, String why, @Nullable String serverName) {
    if (unreadTls.size() < MOST_NAMED) {
      unreadTls.add(
          new UnreadTls(connection.first(), connection.second(), tunnel, why, serverName));
    } else {
      moreUnreadTls++;
    }
  }

  /** The first connections with TLS that were not decrypted. */
  public List<UnreadTls> unreadTls() {
    return Collections.unmodifiableList(unreadTls);
  }

  /** The number of further ones. */
  public long moreUnreadTls() {
    return moreUnreadTls;
  }

  /** The number of packets. */
  public long packets() {
    return packets;
  }

  /** The number of packets of which only the beginning was captured. */
  public long cut() {
    return cut;
  }

  /** The number of IP fragments whose packets did not become whole. */
  public long fragments() {
    return fragments;
  }

  /** The number of bytes that are missing in the streams. */
  public long missing() {
    return missing;
  }

  /** The number of bytes in which retransmissions differ from what was captured first. */
  public long differing() {
    return differing;
  }

  /** The number of WebSocket connections that were not read, because too many were open. */
  public long notFollowed() {
    return notFollowed;
  }

  /** The number of WebSocket connections that were not read to their end, for the same reason. */
  public long abandoned() {
    return abandoned;
  }

  /** The numbers of packets without TCP, by what they are. */
  public Map<String, Long> skipped() {
    return Collections.unmodifiableMap(skipped);
  }

  /** The numbers of ended TCP connections, by what they carry. */
  public Map<StreamKind, Long> kinds() {
    return Collections.unmodifiableMap(kinds);
  }

  /** The number of TCP connections. */
  public long connections() {
    return kinds.values().stream().mapToLong(Long::longValue).sum();
  }
}
