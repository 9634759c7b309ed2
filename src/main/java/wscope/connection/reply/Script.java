package wscope.connection.reply;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.connection.match.BytePattern;

/** A script of replies. Each reading of a file gives another script, even if nothing changed. */
public final class Script {
  private final String name;
  private final List<String> subprotocols;
  private final @Nullable BytePattern packets;
  private final List<ReplyRule> rules;

  Script(
      String name,
      List<String> subprotocols,
      @Nullable BytePattern packets,
      List<ReplyRule> rules) {
    this.name = name;
    this.subprotocols = List.copyOf(subprotocols);
    this.packets = packets;
    this.rules = List.copyOf(rules);
  }

  /** The name of the file, or of a script inside wscope. */
  public String name() {
    return name;
  }

  /** The subprotocols to agree to, the preferred one first. */
  public List<String> subprotocols() {
    return subprotocols;
  }

  /**
   * The first bytes of a packet, if the binary messages of the peer are one stream of packets; null
   * if each message stands for itself.
   */
  public @Nullable BytePattern packets() {
    return packets;
  }

  /** The rules, in order. */
  public List<ReplyRule> rules() {
    return rules;
  }
}
